-- The tables of release 0.1.0 on SQLite, as its migrations made them.
CREATE TABLE problems (
	id INTEGER NOT NULL,
	slug VARCHAR(80) NOT NULL,
	current_id INTEGER,
	CONSTRAINT pk_problems PRIMARY KEY (id),
	CONSTRAINT fk_problems_current FOREIGN KEY(current_id) REFERENCES problem_versions (id),
	CONSTRAINT uq_problems_slug UNIQUE (slug)
);
CREATE TABLE test_data (
	digest VARCHAR(64) NOT NULL,
	cases BLOB NOT NULL,
	count INTEGER NOT NULL,
	created_at DATETIME NOT NULL,
	CONSTRAINT pk_test_data PRIMARY KEY (digest)
);
CREATE TABLE users (
	id INTEGER NOT NULL,
	email VARCHAR(254) NOT NULL,
	name VARCHAR(80) NOT NULL,
	password_hash VARCHAR(200),
	session_key VARCHAR(32) NOT NULL,
	role VARCHAR(24) NOT NULL,
	created_at DATETIME NOT NULL, time_factor DOUBLE DEFAULT '1.0' NOT NULL,
	CONSTRAINT pk_users PRIMARY KEY (id),
	CONSTRAINT uq_users_email UNIQUE (email)
);
CREATE TABLE api_tokens (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	name VARCHAR(80) NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	created_at DATETIME NOT NULL,
	last_used_at DATETIME,
	CONSTRAINT pk_api_tokens PRIMARY KEY (id),
	CONSTRAINT fk_api_tokens_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT uq_api_tokens_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_api_tokens_user_id ON api_tokens (user_id);
CREATE TABLE attempts (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	problem_id INTEGER NOT NULL,
	opened_at DATETIME NOT NULL,
	active_at DATETIME NOT NULL,
	active_s DOUBLE NOT NULL,
	accepted_at DATETIME,
	given_up_at DATETIME,
	CONSTRAINT pk_attempts PRIMARY KEY (id),
	CONSTRAINT fk_attempts_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT fk_attempts_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT uq_attempts_user_id UNIQUE (user_id, problem_id)
);
CREATE TABLE drafts (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	problem_id INTEGER NOT NULL,
	language VARCHAR(16) NOT NULL,
	revision INTEGER NOT NULL,
	source TEXT NOT NULL,
	device VARCHAR(40) NOT NULL,
	saved_at DATETIME NOT NULL,
	CONSTRAINT pk_drafts PRIMARY KEY (id),
	CONSTRAINT fk_drafts_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT fk_drafts_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT uq_drafts_user_id UNIQUE (user_id, problem_id, language, revision)
);
CREATE TABLE hints_taken (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	problem_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	taken_at DATETIME NOT NULL,
	CONSTRAINT pk_hints_taken PRIMARY KEY (id),
	CONSTRAINT fk_hints_taken_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT fk_hints_taken_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT uq_hints_taken_user_id UNIQUE (user_id, problem_id, number)
);
CREATE TABLE notes (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	problem_id INTEGER NOT NULL,
	text TEXT NOT NULL,
	saved_at DATETIME NOT NULL,
	CONSTRAINT pk_notes PRIMARY KEY (id),
	CONSTRAINT fk_notes_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT fk_notes_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT uq_notes_user_id UNIQUE (user_id, problem_id)
);
CREATE TABLE one_time_links (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	created_at DATETIME NOT NULL,
	expires_at DATETIME NOT NULL,
	used_at DATETIME,
	CONSTRAINT pk_one_time_links PRIMARY KEY (id),
	CONSTRAINT fk_one_time_links_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT uq_one_time_links_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_one_time_links_user_id ON one_time_links (user_id);
CREATE TABLE problem_versions (
	id INTEGER NOT NULL,
	problem_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	digest VARCHAR(64) NOT NULL,
	files BLOB NOT NULL,
	data_digest VARCHAR(64) NOT NULL,
	title VARCHAR(120) NOT NULL,
	kind VARCHAR(16) NOT NULL,
	label VARCHAR(16) NOT NULL,
	difficulty VARCHAR(16) NOT NULL,
	topics JSON NOT NULL,
	minutes INTEGER NOT NULL,
	warm_up BOOLEAN NOT NULL,
	search_text TEXT NOT NULL,
	created_at DATETIME NOT NULL,
	created_by_id INTEGER,
	note VARCHAR(400) NOT NULL,
	CONSTRAINT pk_problem_versions PRIMARY KEY (id),
	CONSTRAINT fk_problem_versions_created_by_id_users FOREIGN KEY(created_by_id) REFERENCES users (id) ON DELETE SET NULL,
	CONSTRAINT fk_problem_versions_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT uq_problem_versions_problem_id UNIQUE (problem_id, digest),
	CONSTRAINT uq_problem_versions_problem_id UNIQUE (problem_id, number)
);
CREATE INDEX ix_problem_versions_data_digest ON problem_versions (data_digest);
CREATE INDEX ix_problem_versions_problem_id ON problem_versions (problem_id);
CREATE TABLE stars (
	user_id INTEGER NOT NULL,
	problem_id INTEGER NOT NULL,
	starred_at DATETIME NOT NULL,
	CONSTRAINT pk_stars PRIMARY KEY (user_id, problem_id),
	CONSTRAINT fk_stars_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT fk_stars_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE TABLE known_mistakes (
	version_id INTEGER NOT NULL,
	patterns JSON NOT NULL,
	CONSTRAINT pk_known_mistakes PRIMARY KEY (version_id),
	CONSTRAINT fk_known_mistakes_version_id_problem_versions FOREIGN KEY(version_id) REFERENCES problem_versions (id) ON DELETE CASCADE
);
CREATE TABLE submissions (
	id INTEGER NOT NULL,
	user_id INTEGER,
	guest_key VARCHAR(32),
	problem_id INTEGER NOT NULL,
	version_id INTEGER NOT NULL,
	purpose VARCHAR(24) NOT NULL,
	language VARCHAR(16) NOT NULL,
	source TEXT NOT NULL,
	own_inputs JSON NOT NULL,
	created_at DATETIME NOT NULL,
	status VARCHAR(24) NOT NULL,
	fence INTEGER NOT NULL,
	lease_until DATETIME,
	lapses INTEGER NOT NULL,
	cases_done INTEGER NOT NULL,
	cases_total INTEGER NOT NULL,
	judged_at DATETIME,
	verdict VARCHAR(24),
	score DOUBLE,
	record JSON, task_id INTEGER CONSTRAINT fk_submissions_task_id_interview_tasks REFERENCES interview_tasks (id), at_bell BOOLEAN DEFAULT 0 NOT NULL,
	CONSTRAINT pk_submissions PRIMARY KEY (id),
	CONSTRAINT ck_submissions_has_one_author CHECK ((user_id IS NULL) != (guest_key IS NULL)),
	CONSTRAINT fk_submissions_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT fk_submissions_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT fk_submissions_version_id_problem_versions FOREIGN KEY(version_id) REFERENCES problem_versions (id)
);
CREATE INDEX of_user ON submissions (user_id, problem_id, id);
CREATE UNIQUE INDEX one_unjudged_a_guest ON submissions (guest_key, purpose) WHERE status != 'judged';
CREATE INDEX unjudged ON submissions (status, id) WHERE status != 'judged';
CREATE TABLE uploads (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	slug VARCHAR(80) NOT NULL,
	title VARCHAR(120) NOT NULL,
	digest VARCHAR(64) NOT NULL,
	files BLOB NOT NULL,
	created_at DATETIME NOT NULL,
	status VARCHAR(24) NOT NULL,
	fence INTEGER NOT NULL,
	lease_until DATETIME,
	passed BOOLEAN,
	report JSON,
	version_id INTEGER,
	CONSTRAINT pk_uploads PRIMARY KEY (id),
	CONSTRAINT fk_uploads_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT fk_uploads_version_id_problem_versions FOREIGN KEY(version_id) REFERENCES problem_versions (id)
);
CREATE INDEX ix_uploads_user_id ON uploads (user_id);
CREATE TABLE reports (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	problem_id INTEGER NOT NULL,
	version_id INTEGER NOT NULL,
	submission_id INTEGER,
	kind VARCHAR(24) NOT NULL,
	text TEXT NOT NULL,
	created_at DATETIME NOT NULL,
	resolved_at DATETIME,
	CONSTRAINT pk_reports PRIMARY KEY (id),
	CONSTRAINT fk_reports_problem_id_problems FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE,
	CONSTRAINT fk_reports_submission_id_submissions FOREIGN KEY(submission_id) REFERENCES submissions (id) ON DELETE SET NULL,
	CONSTRAINT fk_reports_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT fk_reports_version_id_problem_versions FOREIGN KEY(version_id) REFERENCES problem_versions (id)
);
CREATE INDEX ix_reports_problem_id ON reports (problem_id);
CREATE TABLE interviews (
	id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	format_id VARCHAR(40) NOT NULL,
	format JSON NOT NULL,
	seed BIGINT NOT NULL,
	factor DOUBLE NOT NULL,
	demo BOOLEAN NOT NULL,
	started_at DATETIME NOT NULL,
	bell_at DATETIME NOT NULL,
	ended_at DATETIME,
	abandoned BOOLEAN NOT NULL,
	closed_at DATETIME,
	CONSTRAINT pk_interviews PRIMARY KEY (id),
	CONSTRAINT fk_interviews_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX interviews_of_user ON interviews (user_id, id);
CREATE UNIQUE INDEX one_open_a_user ON interviews (user_id) WHERE closed_at IS NULL;
CREATE TABLE interview_events (
	id INTEGER NOT NULL,
	interview_id INTEGER NOT NULL,
	"key" VARCHAR(40) NOT NULL,
	until DATETIME NOT NULL,
	data BLOB NOT NULL,
	size INTEGER NOT NULL,
	CONSTRAINT pk_interview_events PRIMARY KEY (id),
	CONSTRAINT fk_interview_events_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id) ON DELETE CASCADE,
	CONSTRAINT uq_interview_events_interview_id UNIQUE (interview_id, "key")
);
CREATE TABLE interview_pastes (
	interview_id INTEGER NOT NULL,
	digest VARCHAR(32) NOT NULL,
	text BLOB NOT NULL,
	size INTEGER NOT NULL,
	CONSTRAINT pk_interview_pastes PRIMARY KEY (interview_id, digest),
	CONSTRAINT fk_interview_pastes_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id) ON DELETE CASCADE
);
CREATE TABLE interview_readers (
	id INTEGER NOT NULL,
	interview_id INTEGER NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	made_at DATETIME NOT NULL,
	user_id INTEGER,
	opened_at DATETIME,
	CONSTRAINT pk_interview_readers PRIMARY KEY (id),
	CONSTRAINT fk_interview_readers_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id) ON DELETE CASCADE,
	CONSTRAINT fk_interview_readers_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL,
	CONSTRAINT uq_interview_readers_interview_id UNIQUE (interview_id),
	CONSTRAINT uq_interview_readers_token_hash UNIQUE (token_hash)
);
CREATE TABLE interview_tasks (
	id INTEGER NOT NULL,
	interview_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	version_id INTEGER,
	question JSON,
	CONSTRAINT pk_interview_tasks PRIMARY KEY (id),
	CONSTRAINT fk_interview_tasks_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id) ON DELETE CASCADE,
	CONSTRAINT fk_interview_tasks_version_id_problem_versions FOREIGN KEY(version_id) REFERENCES problem_versions (id),
	CONSTRAINT uq_interview_tasks_interview_id UNIQUE (interview_id, number)
);
CREATE INDEX ix_interview_tasks_version_id ON interview_tasks (version_id);
CREATE TABLE interview_texts (
	id INTEGER NOT NULL,
	interview_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	name VARCHAR(40) NOT NULL,
	revision INTEGER NOT NULL,
	text TEXT NOT NULL,
	device VARCHAR(40) NOT NULL,
	saved_at DATETIME NOT NULL,
	late_text TEXT,
	late_at DATETIME,
	CONSTRAINT pk_interview_texts PRIMARY KEY (id),
	CONSTRAINT fk_interview_texts_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id) ON DELETE CASCADE,
	CONSTRAINT uq_interview_texts_interview_id UNIQUE (interview_id, number, name)
);
CREATE TABLE rubric_entries (
	id INTEGER NOT NULL,
	interview_id INTEGER NOT NULL,
	user_id INTEGER NOT NULL,
	criterion VARCHAR(40) NOT NULL,
	level INTEGER NOT NULL,
	remark TEXT NOT NULL,
	saved_at DATETIME NOT NULL,
	CONSTRAINT pk_rubric_entries PRIMARY KEY (id),
	CONSTRAINT fk_rubric_entries_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id) ON DELETE CASCADE,
	CONSTRAINT fk_rubric_entries_user_id_users FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
	CONSTRAINT uq_rubric_entries_interview_id UNIQUE (interview_id, user_id, criterion)
);
CREATE UNIQUE INDEX one_unjudged_a_user ON submissions (user_id, purpose) WHERE status != 'judged' AND task_id IS NULL;
CREATE UNIQUE INDEX one_unjudged_a_task ON submissions (task_id, purpose, at_bell) WHERE status != 'judged';
CREATE INDEX of_task ON submissions (task_id, id);
