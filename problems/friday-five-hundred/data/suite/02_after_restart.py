"""The service was killed and started again."""

from suite import expect


def test_kept(api, memory):
    """After a restart every booking has its time in UTC."""
    for key in ("kept", "kept ahead", "kept behind"):
        court, booking, starts_at, ends_at = memory[key]
        window = {"from": starts_at.removesuffix("Z"), "to": ends_at.removesuffix("Z")}
        found = api.get(f"/courts/{court}/bookings", params=window).status_is(200).list()
        ids = [one.get("id") if isinstance(one, dict) else one for one in found]
        expect(ids == [booking], f"the booking {booking} alone", ids)
        expect(
            [found[0].get("starts_at"), found[0].get("ends_at")] == [starts_at, ends_at],
            f"{starts_at} to {ends_at}",
            f"{found[0].get('starts_at')} to {found[0].get('ends_at')}",
        )
