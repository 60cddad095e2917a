-- mistake: Days that are two apart are still taken for neighbours, so one day without a login does not end the streak.
-- fails: a gap of one day
WITH marked AS (
    SELECT user_id, day, (day - lag(day) OVER w <= 2) IS NOT TRUE AS begins
    FROM (SELECT DISTINCT user_id, logged_in_at::date AS day FROM logins) active_days
    WINDOW w AS (PARTITION BY user_id ORDER BY day)
), numbered AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY user_id ORDER BY day) AS streak
    FROM marked
), streaks AS (
    SELECT user_id, count(*) AS days, min(day) AS first_day FROM numbered GROUP BY user_id, streak
), best AS (
    SELECT DISTINCT ON (user_id) * FROM streaks ORDER BY user_id, days DESC, first_day DESC
)
SELECT u.id AS user_id, u.name, coalesce(b.days, 0) AS days, b.first_day
FROM users u
LEFT JOIN best b ON b.user_id = u.id
ORDER BY days DESC, u.id;
