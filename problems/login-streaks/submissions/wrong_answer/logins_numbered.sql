-- mistake: Every login is numbered, not every day. With two logins on one day the number grows and the date does not, so the streak breaks apart.
-- fails: two logins on each of three days
WITH active_days AS (
    SELECT user_id, logged_in_at::date AS day FROM logins
), numbered AS (
    SELECT user_id, day,
           day - row_number() OVER (PARTITION BY user_id ORDER BY day)::int AS island
    FROM active_days
), streaks AS (
    SELECT user_id, count(*) AS days, min(day) AS first_day
    FROM numbered
    GROUP BY user_id, island
), best AS (
    SELECT DISTINCT ON (user_id) * FROM streaks ORDER BY user_id, days DESC, first_day DESC
)
SELECT u.id AS user_id, u.name, coalesce(b.days, 0) AS days, b.first_day
FROM users u
LEFT JOIN best b ON b.user_id = u.id
ORDER BY days DESC, u.id;
