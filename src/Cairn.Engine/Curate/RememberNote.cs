using Cairn.Core;
using Cairn.Core.Projects;

namespace Cairn.Engine.Curate;

/// <summary>Keeps what a person, or an agent for a person, asks to remember.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="redact">Removes secrets and private parts of a text; runs before anything is stored.</param>
/// <param name="time">The clock.</param>
public sealed class RememberNote(IMemoryStore store, Func<string, string> redact, TimeProvider time)
{
    /// <summary>Most characters of a note.</summary>
    public const int LongestNote = 20_000;

    private const int LongestTitle = 80;

    /// <summary>Keeps the note: its first line is the title, the rest the narrative.</summary>
    public async Task<RememberOutcome> RunAsync(NoteInput input, CancellationToken ct)
    {
        var kind = input.Kind ?? MemoryKinds.Note;
        if (!MemoryKinds.All.Contains(kind, StringComparer.Ordinal) || kind == MemoryKinds.SessionSummary)
        {
            var kinds = MemoryKinds.All.Where(name => name != MemoryKinds.SessionSummary);
            return new RememberOutcome.Refused($"There is no kind of memory \"{kind}\" to write by hand; it is one of {string.Join(", ", kinds)}.");
        }

        if (input.Text.Length > LongestNote)
        {
            return new RememberOutcome.Refused($"A note holds at most {LongestNote} characters; this one has {input.Text.Length}.");
        }

        var text = redact(input.Text).Trim();
        if (text.Length == 0)
        {
            return new RememberOutcome.Refused("There is nothing to remember: the note is empty, or all of it is private.");
        }

        var (title, narrative) = Split(text);
        var content = new MemoryContent
        {
            Kind = kind,
            Title = title,
            Narrative = narrative,
            Source = "user",
            Confidence = MemoryConfidence.High,
        };
        return new RememberOutcome.Kept(await store.AddAsync(new NewMemory(input.Project, content, input.Pin, time.GetUtcNow()), ct));
    }

    // A first line that is too long for a title is kept whole in the narrative.
    private static (string Title, string Narrative) Split(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        var (first, rest) = end < 0 ? (text, "") : (text[..end].TrimEnd(), text[end..].Trim());
        if (first.Length <= LongestTitle)
        {
            return (first, rest);
        }

        var cut = first.LastIndexOf(' ', LongestTitle - 1);
        cut = cut > LongestTitle / 2 ? cut : LongestTitle - 1;
        cut = char.IsHighSurrogate(first[cut - 1]) ? cut - 1 : cut;
        return (first[..cut].TrimEnd(' ', ',', ';', ':') + "…", text);
    }
}

/// <summary>What to remember.</summary>
/// <param name="Text">The note: title in the first line.</param>
/// <param name="Project">What it belongs to.</param>
/// <param name="Kind">A built-in kind but <c>session_summary</c>; <c>note</c> when null.</param>
/// <param name="Pin">True to keep it in view at every session start.</param>
public sealed record NoteInput(string Text, ProjectIdentity Project, string? Kind, bool Pin);

/// <summary>What became of a note. Closed: nothing outside this file adds a case.</summary>
public abstract record RememberOutcome
{
    private RememberOutcome() { }

    /// <summary>It is kept.</summary>
    /// <param name="Memory">As it is stored.</param>
    public sealed record Kept(Memory Memory) : RememberOutcome;

    /// <summary>It cannot be kept.</summary>
    /// <param name="Reason">Why, fit to show.</param>
    public sealed record Refused(string Reason) : RememberOutcome;
}
