-- mistake: Two logins are taken for neighbours if they are at most 24 hours apart. Neighbouring days can be almost 48 hours apart.
-- fails: early on one day, late on the next
WITH marked AS (
    SELECT user_id, logged_in_at,
           (logged_in_at - lag(logged_in_at) OVER w <= interval '24 hours') IS NOT TRUE AS begins
    FROM logins
    WINDOW w AS (PARTITION BY user_id ORDER BY logged_in_at)
), numbered AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY user_id ORDER BY logged_in_at) AS streak
    FROM marked
), streaks AS (
    SELECT user_id, count(DISTINCT logged_in_at::date) AS days, min(logged_in_at)::date AS first_day
    FROM numbered
    GROUP BY user_id, streak
), best AS (
    SELECT DISTINCT ON (user_id) * FROM streaks ORDER BY user_id, days DESC, first_day DESC
)
SELECT u.id AS user_id, u.name, coalesce(b.days, 0) AS days, b.first_day
FROM users u
LEFT JOIN best b ON b.user_id = u.id
ORDER BY days DESC, u.id;
