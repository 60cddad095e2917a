WITH marked AS (
    SELECT user_id, day,
           (day - lag(day) OVER w = 1) IS NOT TRUE AS begins
    FROM (SELECT user_id, logged_in_at::date AS day FROM logins GROUP BY 1, 2) active_days
    WINDOW w AS (PARTITION BY user_id ORDER BY day)
), numbered AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY user_id ORDER BY day) AS streak
    FROM marked
), streaks AS (
    SELECT user_id, count(*) AS days, min(day) AS first_day FROM numbered GROUP BY user_id, streak
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY days DESC, first_day DESC) AS place FROM streaks
)
SELECT u.id AS user_id, u.name, coalesce(r.days, 0) AS days, r.first_day
FROM users u
LEFT JOIN ranked r ON r.user_id = u.id AND r.place = 1
ORDER BY days DESC, user_id;
