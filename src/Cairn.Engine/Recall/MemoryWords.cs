using Cairn.Core;
using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>The words of one memory, for asking which terms of a query it holds.</summary>
internal sealed class MemoryWords
{
    private readonly HashSet<string> _title;
    private readonly HashSet<string> _body;
    private readonly HashSet<string> _files;
    private readonly List<IReadOnlyList<string>> _texts;

    public MemoryWords(Memory memory)
    {
        var content = memory.Content;
        _texts = [.. new[] { content.Title, content.Subtitle, content.Narrative }.Concat(content.Facts).Select(Keys)];
        _title = [.. AllKeys(content.Title)];
        _body = [.. new[] { content.Subtitle, content.Narrative }.Concat(content.Facts).SelectMany(AllKeys)];
        _files = [.. content.FilesModified.Concat(content.FilesRead).SelectMany(AllKeys)];
    }

    /// <summary>Where the memory holds the term; <see cref="TermPlace.None"/> when it does not. Labels (concepts) do not count: they say the same of many memories.</summary>
    public TermPlace Find(SearchTerm term) => term.Kind switch
    {
        SearchTermKind.Phrase => _texts.Exists(text => HoldsRun(text, term.Keys)) ? TermPlace.Body : TermPlace.None,
        SearchTermKind.Ideographs => Place(keys => term.Keys.All(keys.Contains)),
        _ => Place(keys => keys.Contains(term.Keys[0])),
    };

    private TermPlace Place(Func<HashSet<string>, bool> holds) =>
        holds(_title) ? TermPlace.Title : holds(_body) ? TermPlace.Body : holds(_files) ? TermPlace.Files : TermPlace.None;

    private static bool HoldsRun(IReadOnlyList<string> text, IReadOnlyList<string> run)
    {
        for (var start = 0; start + run.Count <= text.Count; start++)
        {
            var same = 0;
            while (same < run.Count && text[start + same] == run[same])
            {
                same++;
            }

            if (same == run.Count)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Keys(string text) =>
        [.. TextTokens.Of(text).Where(token => token.Kind is TextTokenKind.Word or TextTokenKind.Ideographs).Select(token => token.Key)];

    private static IEnumerable<string> AllKeys(string text) => TextTokens.Of(text).Select(token => token.Key);
}

/// <summary>Where a memory holds a term.</summary>
internal enum TermPlace
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In the path of a file that it names, and not in its words.</summary>
    Files,

    /// <summary>In its words below the title.</summary>
    Body,

    /// <summary>In its title.</summary>
    Title,
}
