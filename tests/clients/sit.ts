// Sits an interview through the types that `openapi-typescript` makes of the API's description: formats, tasks, texts,
// submissions, verdicts, hand-in and report. Its arguments are where the server is, a key, the format, and answers by kind.
import createClient from "openapi-fetch";
import type { components, paths } from "description";

declare const process: { argv: string[] };

type Task = components["schemas"]["TaskModel"];
type Answers = Partial<Record<Task["kind"], string>>;

const [url = "", key = "", format = "", answers = "{}"] = process.argv.slice(2);
const right = JSON.parse(answers) as Answers;
const headers = { Authorization: `Bearer ${key}` };
const api = createClient<paths>({ baseUrl: url, headers });

/** What was answered; a refusal ends the program with its words, which every refusal has. */
function told<T>(answer: { data?: T; error?: components["schemas"]["ErrorDetails"] }): T {
  if (answer.data === undefined) throw new Error(answer.error?.detail ?? "no answer");
  return answer.data;
}

async function answer(interview: number, number: number): Promise<[Task["kind"], number | null]> {
  const at = { interview_id: interview, number };
  const task = told(await api.GET("/api/v1/interviews/{interview_id}/tasks/{number}", { params: { path: at } }));
  const source = right[task.kind];
  const slot = task.texts[0];
  if (source === undefined || slot === undefined) throw new Error(`nothing to say of a ${task.kind}`);
  const text = { params: { path: { ...at, name: slot.name } } };
  const saved = told(
    await api.PUT("/api/v1/interviews/{interview_id}/tasks/{number}/texts/{name}", { ...text, body: { source } }),
  );
  const kept = told(await api.GET("/api/v1/interviews/{interview_id}/tasks/{number}/texts/{name}", text));
  if (kept.source !== source || kept.revision !== saved.revision) throw new Error("another text came back");
  const language = task.languages[0];
  if (language === undefined) return [task.kind, null];
  const sent = told(
    await api.POST("/api/v1/interviews/{interview_id}/tasks/{number}/submissions", {
      params: { path: at, header: { "Idempotency-Key": `task-${number}` } },
      body: { language, source },
    }),
  );
  return [task.kind, sent.id];
}

/** Listens until it is judged: the server ends the stream then. */
async function verdict(interview: number, number: number, submission: number) {
  const place = { params: { path: { interview_id: interview, number, submission_id: submission } } };
  const events = await fetch(`${url}/api/v1/interviews/${interview}/tasks/${number}/sent/${submission}/events`, { headers });
  await events.text();
  const state = told(await api.GET("/api/v1/interviews/{interview_id}/tasks/{number}/sent/{submission_id}", place));
  return state.verdict;
}

const { formats } = told(await api.GET("/api/v1/interviews/formats"));
if (!formats.some((one) => one.id === format && one.possible)) throw new Error(`there is no format ${format}`);
const interview = told(await api.POST("/api/v1/interviews", { body: { format } }));
const sent: [Task["kind"], number | null][] = [];
for (const task of interview.tasks) sent.push(await answer(interview.id, task.number));
const verdicts: Record<string, string | null> = {};
for (const [place, [kind, submission]] of sent.entries())
  if (submission !== null) verdicts[kind] = await verdict(interview.id, place + 1, submission);
const here = { params: { path: { interview_id: interview.id } } };
told(await api.POST("/api/v1/interviews/{interview_id}/hand-in", here));
const report = told(await api.GET("/api/v1/interviews/{interview_id}/report", here));
const { ending, score, waiting } = report;
console.log(JSON.stringify({ verdicts, ending, score, waiting, words: report.tasks.at(-1)?.texts }));
