using Cairn.Engine.Text;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>Terms in the language of FTS5. Every word stands in quotes and holds only letters and digits, so nothing that was typed is an operator.</summary>
internal static class FtsExpression
{
    public static string Of(SearchTerm term)
    {
        var star = term.Prefix ? "*" : "";
        return term.Kind == SearchTermKind.Identifier
            ? string.Join(" OR ", term.Words.Select(word => $"\"{word}\"{star}"))
            : $"\"{string.Join(' ', term.Words)}\"{star}";
    }

    public static string Any(IEnumerable<SearchTerm> terms) => string.Join(" OR ", terms.Select(Of));

    public static string All(IEnumerable<SearchTerm> terms) => string.Join(" AND ", terms.Select(term => $"({Of(term)})"));
}
