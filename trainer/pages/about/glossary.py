"""The words that the product uses, each with what it means here. The page of words shows them, a test holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.model import Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """One word. `verdict` is the one that it names, `kind` the kind of problem, each empty for other words."""

    word: str
    meaning: str
    verdict: str = ""
    kind: str = ""

    @property
    def id(self) -> str:
        """Where a link leads to it: hidden-case."""
        return self.word.lower().replace(" ", "-").replace(",", "")


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return f"group-{self.title.lower().replace(' ', '-')}"


MEANINGS: Mapping[Verdict, str] = {
    Verdict.ACCEPTED: "Every case passes.",
    Verdict.WRONG_ANSWER: "A value differs from the expected one.",
    Verdict.TIME_LIMIT_EXCEEDED: "A case needs more CPU time than the problem allows.",
    Verdict.MEMORY_LIMIT_EXCEEDED: "A case needs more memory than the problem allows.",
    Verdict.OUTPUT_LIMIT_EXCEEDED: "The program printed or returned too much.",
    Verdict.RUN_TIME_ERROR: "The program stopped: an exception, an exit, a signal.",
    Verdict.COMPILE_ERROR: "The code cannot be run as it is, or it does not define what is asked for.",
    Verdict.JUDGE_ERROR: "Our fault. The submission is judged again automatically and costs you no try.",
}

GROUPS = (
    Group(
        "Verdicts", tuple(Entry(verdict.capitalize(), words, verdict=verdict) for verdict, words in MEANINGS.items())
    ),
    Group(
        "Kinds of problem",
        (
            Entry("Function", "You write one function. It is called with the input of each case.", kind="function"),
            Entry("Class", "You write a class. Each case is a row of calls to one object.", kind="class"),
            Entry("SQL query", "You write one query. It runs on several data sets in PostgreSQL.", kind="sql"),
            Entry(
                "HTTP service",
                "You write a program that listens on a port. The judge sends it requests and compares the answers.",
                kind="service",
            ),
            Entry(
                "Debugging",
                "You get a service that fails and its evidence. You name the cause and fix it in a few lines.",
                kind="debug",
            ),
            Entry("Quiz", "Questions about code, logs and decisions. Nothing runs.", kind="quiz"),
        ),
    ),
    Group(
        "Solving a problem",
        (
            Entry("Problem", "A task of the bank, with its statement, its cases and its solution."),
            Entry("Statement", "The text that says what to write."),
            Entry("Starter", "The code with which the editor opens."),
            Entry("Draft", "What you have typed. It is saved on the server every few seconds, with earlier versions."),
            Entry("Run", "Runs your code on the samples and your own cases. It is free and counts as no try."),
            Entry("Submit", "Runs your code on the hidden cases, too. It counts as a try."),
            Entry("Submission", "What you sent with Submit, with its verdict. It stays under Attempts."),
            Entry("Try", "A submission that counts: all but those with a judge error."),
            Entry("Attempt", "All you did with one problem: drafts, runs, submissions, hints and time."),
            Entry("Case", "One input with its expected result. A service has steps and a query has data sets instead."),
            Entry("Sample", "A case that everybody sees, with its input and its expected result."),
            Entry(
                "Hidden case", "A case that only a submission runs. You are told its name, and often the case itself."
            ),
            Entry("Own case", "A case that you wrote. Run uses it; it never counts for the verdict."),
            Entry("Verdict", "What the judge says of a submission: the result of its first case that fails."),
            Entry(
                "Reveal", "How much of a hidden case is shown: all of it, its name, or nothing. The problem decides it."
            ),
            Entry("Known mistake", "A wrong solution in the package. Who fails the same cases reads its explanation."),
            Entry("Evidence", "The logs and other texts that come with a debugging problem."),
            Entry("Request console", "Runs your service while you try it out. What you send there is not judged."),
            Entry(
                "Hint", "A question or remark that helps. Hints open one after the other and are noted in your record."
            ),
            Entry(
                "Solution",
                "The editorial: ways to solve the problem, what each costs, and mistakes that are often made.",
            ),
            Entry(
                "Giving up",
                "Opens the solution before you are accepted. The problem then counts as solved after giving up.",
            ),
            Entry("Topic", "What a problem is about. A problem can have several; the first is the main one."),
            Entry("Warm-up", "The problem on the front page. It needs no account."),
        ),
    ),
    Group(
        "Judging",
        (
            Entry("Judge", "The program that runs submissions and compares what comes back with what is expected."),
            Entry(
                "Sandbox",
                "The container in which submissions run, one at a time, without a network. It is also called a box.",
            ),
            Entry("Time limit", "The CPU time that a case may use. Waiting for a busy machine is not counted."),
            Entry("Complexity", "How time and memory grow with the size of the input, written as O(n)."),
            Entry(
                "Queue",
                "Submissions that wait for a judge. Accounts take turns.",
            ),
        ),
    ),
    Group(
        "Mock interviews",
        (
            Entry("Format", "What an interview asks, how long it is, and what it shows before its end."),
            Entry("Interview room", "The pages of a running interview. They show no titles, topics or hints."),
            Entry("Hand in", "Ends the interview. Drafts that were not submitted are submitted."),
            Entry("Leave", "Ends the interview without submitting anything more. It is not compared with others."),
            Entry("Time factor", "Extra time that an account has in interviews: 1.25, 1.5 or 2 times the usual."),
            Entry("Report", "What an interview came to: points, the judgement in words, and where the minutes went."),
            Entry("Replay", "Every text of the interview as it stood at any moment."),
            Entry("Rubric", "Criteria with levels, filled in by you and by one person whom you invite."),
            Entry("Demo", "Five minutes in the interview room that count nowhere."),
        ),
    ),
    Group(
        "For mentors",
        (
            Entry("Bank", "All problems of this server."),
            Entry("Package", "The folder of files that makes a problem."),
            Entry("Check", "Proves a package: right solutions pass, wrong ones fail where they should."),
            Entry("Version", "A package as it was published. Submissions stay with the version that judged them."),
            Entry("Problem report", "What a student says is wrong with a problem, with the answer of a mentor."),
        ),
    ),
)
