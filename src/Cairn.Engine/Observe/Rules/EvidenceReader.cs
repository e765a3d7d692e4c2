using System.Text.RegularExpressions;
using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>Collects what a turn's events prove. One reader reads one turn.</summary>
internal sealed partial class EvidenceReader
{
    private readonly ProjectPaths _paths;
    private readonly List<string> _read = [];
    private readonly List<FileEdit> _edits = [];
    private readonly List<Commit> _commits = [];
    private readonly List<PullRequest> _pullRequests = [];
    private readonly List<CommandRun> _runs = [];
    private readonly List<Discard> _discards = [];
    private readonly List<Choice> _choices = [];
    private readonly List<ProposedPlan> _plans = [];
    private readonly List<TaskNote> _tasks = [];
    private readonly List<SpokenText> _texts = [];
    private int _toolCalls;
    private int _textsBeforeLastCall;

    private EvidenceReader(ProjectPaths paths) => _paths = paths;

    /// <summary>Reads a turn.</summary>
    public static TurnEvidence Read(Turn turn, ProjectPaths paths)
    {
        var reader = new EvidenceReader(paths);
        foreach (var happened in turn.Events)
        {
            reader.Take(happened);
        }

        return reader.Finish();
    }

    private TurnEvidence Finish() => new()
    {
        Read = _read,
        Edits = _edits,
        Commits = _commits,
        PullRequests = _pullRequests,
        Runs = _runs,
        Discards = _discards,
        Choices = _choices,
        Plans = _plans,
        Tasks = _tasks,
        Texts = _texts,
        ToolCalls = _toolCalls,
        ClosingText = string.Join("\n\n", _texts.Skip(_textsBeforeLastCall).Select(text => text.Text)),
    };

    private void Take(SessionEvent happened)
    {
        if (happened.Tool is { } tool)
        {
            if (happened.SubagentId is null)
            {
                _toolCalls++;
                _textsBeforeLastCall = _texts.Count;
            }

            TakeCall(happened, tool, ToolInput.Parse(tool.InputJson));
        }
        else if (happened.Kind is EventKind.AssistantMessage or EventKind.AssistantText && happened.SubagentId is null && !string.IsNullOrWhiteSpace(happened.Text))
        {
            var text = happened.Text.Trim();
            _texts.Add(new SpokenText(text.Length > ObserverRules.TextLimit ? text[..ObserverRules.TextLimit] : text, happened.Id));
        }
    }

    private void TakeCall(SessionEvent happened, ToolUse tool, ToolInput input)
    {
        var failed = happened.Kind == EventKind.ToolFailure || tool.Failed;
        switch (tool.Name)
        {
            case "Bash":
                TakeCommand(happened, input.Text("command") ?? "", failed);
                break;
            case "ExitPlanMode":
                TakePlan(happened, input, failed);
                break;
            case var _ when failed:
                break;
            case "Edit" or "MultiEdit" or "Write" or "NotebookEdit":
                TakeEdit(happened, tool, input);
                break;
            case "Read" or "NotebookRead":
                TakeRead(_paths.Relative((tool.Files is [var read, ..] ? read.Path : null) ?? input.Text("file_path", "notebook_path", "path")));
                break;
            case "Grep" or "LSP":
                TakeSearch(tool);
                break;
            case "TodoWrite":
                TakeTodos(input);
                break;
            case "TaskCreate" or "TaskUpdate":
                TakeTask(tool, input);
                break;
            case "AskUserQuestion":
                TakeChoices(happened, tool, input);
                break;
            default:
                TakeTouched(happened, tool);
                break;
        }
    }

    private void TakeEdit(SessionEvent happened, ToolUse tool, ToolInput input)
    {
        var path = _paths.Relative(tool.Files.FirstOrDefault(file => file.Role == FileRole.Modified)?.Path ?? input.Text("file_path", "notebook_path", "path"));
        if (path is null || IsAgentsOwn(path))
        {
            return;
        }

        var created = tool.Name == "Write" && Creation.IsMatch(tool.Output);
        var parts = input.Items("edits");
        var oldText = parts.Count > 0 ? string.Join('\n', parts.Select(part => part.Text("old_string"))) : input.Text("old_string");
        var newText = parts.Count > 0 ? string.Join('\n', parts.Select(part => part.Text("new_string"))) : input.Text("new_string", "content", "new_source");
        _edits.Add(FileEdit.From(path, oldText, newText ?? "", created, happened.Id));
    }

    // Tools of other agents and servers: what they touched is known only as far as capture could tell.
    private void TakeTouched(SessionEvent happened, ToolUse tool)
    {
        foreach (var file in tool.Files)
        {
            if (_paths.Relative(file.Path) is not { } path)
            {
                continue;
            }

            if (file.Role == FileRole.Modified && !IsAgentsOwn(path))
            {
                _edits.Add(FileEdit.From(path, null, "", created: false, happened.Id));
            }
            else if (file.Role == FileRole.Read)
            {
                TakeRead(path);
            }
        }
    }

    private void TakeRead(string? path)
    {
        if (path is not null && _read.Count < ObserverRules.MostFiles && !_read.Contains(path))
        {
            _read.Add(path);
        }
    }

    private void TakeSearch(ToolUse tool)
    {
        foreach (var match in SearchHit.Matches(tool.Output.Length > ObserverRules.TextLimit ? tool.Output[..ObserverRules.TextLimit] : tool.Output).Take(4))
        {
            TakeRead(_paths.Relative(match.Groups[1].Value));
        }
    }

    private void TakeCommand(SessionEvent happened, string command, bool failed)
    {
        if (!failed)
        {
            _commits.AddRange(Commit.From(command, happened.Tool!.Output, happened.Id));
            if (PullRequest.From(command, happened.Id) is { } pullRequest)
            {
                _pullRequests.Add(pullRequest);
            }
        }

        _discards.AddRange(Discard.From(command, happened.Tool!.Output, failed, happened.Id, _paths));
        if (CommandRun.From(command, happened, _paths) is { } run)
        {
            _runs.Add(run);
        }
    }

    private void TakePlan(SessionEvent happened, ToolInput input, bool failed)
    {
        if (input.Text("plan") is { Length: > 0 } plan)
        {
            _plans.Add(new ProposedPlan(plan, !failed, happened.Id));
        }
    }

    private void TakeTodos(ToolInput input)
    {
        var replaces = true;
        foreach (var todo in input.Items("todos"))
        {
            var subject = todo.Text("content") ?? "";
            _tasks.Add(new TaskNote(subject, subject, todo.Text("status") ?? "", replaces));
            replaces = false;
        }
    }

    private void TakeTask(ToolUse tool, ToolInput input)
    {
        var id = input.Text("taskId") ?? TaskNumber.Match(tool.Output).Groups[1].Value;
        _tasks.Add(new TaskNote(id, input.Text("subject") ?? "", input.Text("status") ?? "", Replaces: false));
    }

    private void TakeChoices(SessionEvent happened, ToolUse tool, ToolInput input)
    {
        var answers = input.Entries("answers");
        var pairs = answers.Count > 0
            ? answers
            : Answer.Matches(tool.Output).Select(match => (match.Groups[1].Value, match.Groups[2].Value));
        _choices.AddRange(pairs.Select(pair => new Choice(pair.Item1, pair.Item2, happened.Id)));
    }

    private static bool IsAgentsOwn(string path) => path.StartsWith(".claude/plans/", StringComparison.Ordinal) || path.StartsWith(".git/", StringComparison.Ordinal);

    [GeneratedRegex(@"created successfully|successfully created", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, ObserverRules.RegexPatience)]
    private static partial Regex Creation { get; }

    [GeneratedRegex(@"(?m:^(/?[\w./-]+\.\w{1,5})(?::|$))", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex SearchHit { get; }

    [GeneratedRegex(@"#(\d+)", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex TaskNumber { get; }

    [GeneratedRegex(@"""([^""]{8,300})""=""([^""]{1,200})""", RegexOptions.None, ObserverRules.RegexPatience)]
    private static partial Regex Answer { get; }
}
