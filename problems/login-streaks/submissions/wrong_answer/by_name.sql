-- mistake: Days are put together by name, so two users of the same name share one streak. Use the id.
-- fails: two users of the same name
WITH active_days AS (
    SELECT DISTINCT u.name, l.logged_in_at::date AS day FROM logins l JOIN users u ON u.id = l.user_id
), numbered AS (
    SELECT name, day, day - row_number() OVER (PARTITION BY name ORDER BY day)::int AS island
    FROM active_days
), streaks AS (
    SELECT name, count(*) AS days, min(day) AS first_day FROM numbered GROUP BY name, island
), best AS (
    SELECT DISTINCT ON (name) * FROM streaks ORDER BY name, days DESC, first_day DESC
)
SELECT u.id AS user_id, u.name, coalesce(b.days, 0) AS days, b.first_day
FROM users u
LEFT JOIN best b ON b.name = u.name
ORDER BY days DESC, u.id;
