"""Whether a press hits what it is meant for, asked of the page itself, so that any engine can be asked."""

MISSES = """() => {
    const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=tab], [role=option]";
    const name = (one) => {
        const words = one.getAttribute("aria-label") || one.textContent || one.name || "";
        return `<${one.tagName.toLowerCase()} ${one.getAttribute("class") ?? ""}> ${words.trim().slice(0, 40)}`;
    };
    const middle = (one) => {
        const box = [...one.getClientRects()].find((box) => box.width > 1 && box.height > 1);  // of its first line
        return box && [box.left + box.width / 2, box.top + box.height / 2];
    };
    const aside = (one) => one.getBoundingClientRect().bottom + scrollY <= 0;  // until it has the focus
    const usable = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !aside(one) && !one.disabled && !one.closest("[inert]")
        && getComputedStyle(one).clipPath !== "inset(50%)" && getComputedStyle(one).pointerEvents !== "none";
    const parts = (one) => [one, ...(one.labels ?? [])];
    const scrolled = [...document.querySelectorAll("*")].filter((one) => one.scrollTop || one.scrollLeft);
    const places = scrolled.map((one) => [one, one.scrollTop, one.scrollLeft]);
    const missed = [];
    for (const one of (document.querySelector("dialog:modal") ?? document).querySelectorAll(controls)) {
        if (!usable(one) || !middle(one)) continue;
        one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const found = document.elementFromPoint(...middle(one));
        const opened = found?.closest(":popover-open");  // it was opened over the page, and closes again
        if (!parts(one).some((part) => part.contains(found)) && (!opened || opened.contains(one)))
            missed.push(`${name(one)} is under ${found ? name(found) : "nothing that is in sight"}`);
    }
    for (const one of document.querySelectorAll("*")) if (one.scrollTop || one.scrollLeft) one.scrollTo(0, 0);
    for (const [one, top, left] of places) one.scrollTo({ top, left, behavior: "instant" });
    return missed;
}"""
"""Every control that can be seen and used and is not what a press at its middle hits, once it is scrolled into view.
A press on a control's label is one on the control.
"""
