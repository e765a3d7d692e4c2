using System.Text;
using Cairn.Core;
using Cairn.Engine.Text;

namespace Cairn.Engine.Recall;

/// <summary>The words of a memory around what was asked for.</summary>
internal static class Snippet
{
    /// <summary>Stands before a matching word.</summary>
    public const char Start = '\u0002';

    /// <summary>Stands after a matching word.</summary>
    public const char End = '\u0003';

    private const int Longest = 200;

    /// <summary>The stretch of at most 200 characters that holds most of the query's words, these marked; the beginning of the memory where none is found.</summary>
    public static string Of(Memory memory, SearchQuery query)
    {
        var wanted = query.Terms.SelectMany(term => term.Keys).ToHashSet(StringComparer.Ordinal);
        var prefix = query.Terms is [.., { Prefix: true } last] ? last.Keys[^1] : null;
        var content = memory.Content;
        string[] texts = [content.Narrative, .. content.Facts, content.Subtitle, content.Title];
        var best = texts
            .Where(text => text.Length > 0)
            .Select(text => new Stretch(Clean(text), token => wanted.Contains(token.Key) || (prefix is not null && token.Key.StartsWith(prefix, StringComparison.Ordinal))))
            .MaxBy(stretch => stretch.Score);
        return best?.Marked() ?? "";
    }

    private static string Clean(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    /// <summary>The best window of one text.</summary>
    private sealed class Stretch
    {
        private readonly string _text;
        private readonly List<TextToken> _hits;
        private readonly int _first;

        public Stretch(string text, Func<TextToken, bool> matches)
        {
            _text = text;
            _hits = [.. TextTokens.Of(text).Where(matches)];
            for (var first = 0; first < _hits.Count; first++)
            {
                var score = InWindow(_hits[first].Start).Select(hit => hit.Key).Distinct(StringComparer.Ordinal).Count();
                if (score > Score)
                {
                    (Score, _first) = (score, first);
                }
            }
        }

        public int Score { get; }

        public string Marked()
        {
            var from = _hits.Count == 0 ? 0 : WindowStart(_hits[_first].Start);
            var to = Math.Min(_text.Length, from + Longest);
            to = to < _text.Length && _text.LastIndexOf(' ', to - 1) is var space && space > from + (Longest / 2) ? space : to;
            var marked = new StringBuilder(from > 0 ? "…" : "");
            var copied = from;
            foreach (var hit in _hits.Where(hit => hit.Start >= from && hit.End <= to).OrderBy(hit => hit.Start).ThenByDescending(hit => hit.Length))
            {
                // Parts lie within the word that is marked already.
                if (hit.Start >= copied)
                {
                    marked.Append(_text, copied, hit.Start - copied).Append(Start).Append(_text, hit.Start, hit.Length).Append(End);
                    copied = hit.End;
                }
            }

            return marked.Append(_text, copied, Math.Max(0, to - copied)).Append(to < _text.Length ? "…" : "").ToString();
        }

        private IEnumerable<TextToken> InWindow(int start) => _hits.Where(hit => hit.Start >= start && hit.End <= start + Longest - 40);

        // A few words before the first match, from the start of a word.
        private int WindowStart(int hit)
        {
            var from = Math.Max(0, hit - 40);
            return from == 0 ? 0 : _text.IndexOf(' ', from, hit - from) is >= 0 and var space ? space + 1 : hit;
        }
    }
}
