using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Cli.Install;

/// <summary>The files that an agent reads from us, with the place of the program filled in.</summary>
internal static class PluginTemplate
{
    /// <summary>Stands in the templates for the absolute path of the program.</summary>
    public const string Placeholder = "@CAIRN@";

    /// <summary>Reads every file below <paramref name="directory"/> and fills in the program's path as each kind of file needs it.</summary>
    /// <returns>The files' bytes by their path relative to the directory.</returns>
    public static SortedDictionary<string, byte[]> Render(string directory, string program)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in PublishedFiles.List(directory))
        {
            var isJson = Path.GetExtension(name) == ".json";
            var text = File.ReadAllText(Path.Combine(directory, name));
            files[name] = Encoding.UTF8.GetBytes(text.Replace(
                Placeholder, isJson ? InJson(program) : InShellQuotes(program), StringComparison.Ordinal));
        }

        return files;
    }

    private static string InJson(string text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    // The templates put the path between double quotes, where a shell still reads these four.
    private static string InShellQuotes(string text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is '\\' or '"' or '$' or '`')
            {
                quoted.Append('\\');
            }

            quoted.Append(letter);
        }

        return quoted.ToString();
    }
}
