namespace Cairn.Engine.Observe.Rules;

/// <summary>What a turn's events prove, or at least say.</summary>
internal sealed record TurnEvidence
{
    /// <summary>Files of the project that were read, in order, each once.</summary>
    public required IReadOnlyList<string> Read { get; init; }

    /// <summary>Changes of files in the project.</summary>
    public required IReadOnlyList<FileEdit> Edits { get; init; }

    /// <summary>Confirmed commits.</summary>
    public required IReadOnlyList<Commit> Commits { get; init; }

    /// <summary>Pull requests opened or retitled.</summary>
    public required IReadOnlyList<PullRequest> PullRequests { get; init; }

    /// <summary>Commands that can fail for a reason.</summary>
    public required IReadOnlyList<CommandRun> Runs { get; init; }

    /// <summary>Commands that took earlier work away.</summary>
    public required IReadOnlyList<Discard> Discards { get; init; }

    /// <summary>True when files were changed and none of it lasted.</summary>
    public bool CameToNothing { get; init; }

    /// <summary>Questions that the person answered.</summary>
    public required IReadOnlyList<Choice> Choices { get; init; }

    /// <summary>Plans that the agent put forward.</summary>
    public required IReadOnlyList<ProposedPlan> Plans { get; init; }

    /// <summary>What became of the agent's list of work.</summary>
    public required IReadOnlyList<TaskNote> Tasks { get; init; }

    /// <summary>What the agent said, oldest first.</summary>
    public required IReadOnlyList<SpokenText> Texts { get; init; }

    /// <summary>How many tools the main conversation called.</summary>
    public required int ToolCalls { get; init; }

    /// <summary>What the agent said after its last tool call; empty when it said nothing.</summary>
    public required string ClosingText { get; init; }

    /// <summary>What the agent said after its last change of a file: what it concludes, and how it checked.</summary>
    public IEnumerable<SpokenText> Conclusions => Edits.Count == 0 ? [] : Texts.Where(text => text.EventId > Edits[^1].EventId);

    /// <summary>What the agent said that it was going to do before its last change of a file, sentence by sentence.</summary>
    public IEnumerable<SpokenText> Announcements => Edits.Count == 0 ? [] : Texts.Where(text => text.EventId < Edits[^1].EventId)
        .SelectMany(text => Markdown.Blocks(text.Text).Where(block => block.Kind == BlockKind.Paragraph).SelectMany(block => Prose.Sentences(block.Text)).Select(sentence => text with { Text = sentence }));

    /// <summary>True when nothing was done and nothing said.</summary>
    public bool IsEmpty => ToolCalls == 0 && Texts.Count == 0 && Edits.Count == 0 && Read.Count == 0;

    /// <summary>Files changed, in order, each once.</summary>
    public IEnumerable<string> Modified => Edits.Select(edit => edit.Path).Distinct();
}

/// <summary>A question that the agent put and the answer that the person chose.</summary>
internal sealed record Choice(string Question, string Answer, long EventId);

/// <summary>A plan that the agent put forward.</summary>
internal sealed record ProposedPlan(string Text, bool Accepted, long EventId);

/// <summary>A text of the agent.</summary>
/// <param name="Text">What it said.</param>
/// <param name="EventId">The event that it rests on.</param>
/// <param name="Contradicted">True when the person answered that it was wrong: told, but never a title.</param>
/// <param name="Changed">How much text the edits of its turn put in or took out, in characters.</param>
internal sealed record SpokenText(string Text, long EventId, bool Contradicted = false, long Changed = 0);

/// <summary>An item of the agent's list of work as it stood then.</summary>
/// <param name="Id">The agent's number of it, or its text where it has none.</param>
/// <param name="Subject">What is to be done; empty when only its state changed.</param>
/// <param name="State">E.g. <c>pending</c>, <c>in_progress</c>, <c>completed</c>; empty when only its text was given.</param>
/// <param name="Replaces">True when this note begins a new list that stands in place of all before it.</param>
internal sealed record TaskNote(string Id, string Subject, string State, bool Replaces);
