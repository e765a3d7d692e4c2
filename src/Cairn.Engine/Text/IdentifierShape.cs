using System.Text.RegularExpressions;

namespace Cairn.Engine.Text;

/// <summary>Tells a name from code, or a path, from a word of prose.</summary>
internal static partial class IdentifierShape
{
    /// <summary>A longer name is data.</summary>
    public const int Longest = 80;

    /// <summary>
    /// True for <c>parseUserName</c>, <c>parse_user_name</c>, <c>Type.Member</c>, <c>store.py</c>, <c>src/a/b</c>,
    /// <c>E4021</c>; false for <c>near-duplicate</c>, <c>read/write</c>, <c>3.12</c>, <c>Node.js</c>, an address on the web.
    /// </summary>
    public static bool Fits(string compound) =>
        compound.Length is > 2 and <= 4 * Longest
        && !compound.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        && !compound.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        && !Product().IsMatch(compound)
        && Name().IsMatch(compound);

    // Products that are written like a file or in humps.
    [GeneratedRegex(
        @"^(?:(?:node|vue|next|react|express|three|nuxt|angular|d3)\.js|\w+\.(?:net|io|com|org|dev|ai)|web(?:socket|hook|assembly)s?|oauth2?|openapi|pytorch|numpy|tensorflow|scikit-learn|chatgpt|latex|jquery|wordpress|firefox|(?:git|gitlab)hub|\w*script|(?:postgre|my|no)?sql(?:ite)?|mongodb|graphql|devops|vscode|ios|macos|youtube|linkedin|openai|readme\.md|package\.json|index\.\w+|main\.\w+|e\.g|i\.e)$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Product();

    [GeneratedRegex(
        """
        [a-z0-9][A-Z]|[A-Z]{2}[a-z]{3}         # humps
        |\w_\w                                 # snake case
        |[A-Za-z]{2}\w*\.[A-Za-z]\w+           # a member, a file with an ending
        |[/\\][^/\\]+[/\\]                     # a path of three parts
        |::
        |^[A-Za-z]+-?[0-9]{3,}$                # a code
        """,
        RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Name();
}
