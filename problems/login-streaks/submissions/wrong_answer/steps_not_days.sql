-- mistake: Steps from one day to the next are counted. A streak has one day more than it has steps.
-- fails: a user who never logged in
WITH active_days AS (
    SELECT DISTINCT user_id, logged_in_at::date AS day FROM logins
), numbered AS (
    SELECT user_id, day,
           day - row_number() OVER (PARTITION BY user_id ORDER BY day)::int AS island
    FROM active_days
), streaks AS (
    SELECT user_id, count(*) - 1 AS days, min(day) AS first_day
    FROM numbered
    GROUP BY user_id, island
), best AS (
    SELECT DISTINCT ON (user_id) * FROM streaks ORDER BY user_id, days DESC, first_day DESC
)
SELECT u.id AS user_id, u.name, coalesce(b.days, 0) AS days, b.first_day
FROM users u
LEFT JOIN best b ON b.user_id = u.id
ORDER BY days DESC, u.id;
