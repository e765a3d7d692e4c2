using System.Text.Json;
using Cairn.Core.Hosting;
using Cairn.Core.Projects;
using Cairn.Engine.Agents;

namespace Cairn.Engine.Capture.Transcripts;

/// <summary>Where this user's agents keep their transcripts: the usual directories, those that installations went into, and those that a session's environment names.</summary>
internal sealed class TranscriptPlaces(CairnPaths paths)
{
    private static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    /// <summary>The directories of one agent, each once; they need not exist.</summary>
    /// <param name="format">The agent.</param>
    /// <param name="environment">Variables of a session as far as its client forwarded them.</param>
    public IReadOnlyList<string> Of(ITranscriptFormat format, IReadOnlyDictionary<string, string> environment)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var roots = format.Roots(home, environment)
            .Concat(Installed().SelectMany(set => format.Roots(home, new Dictionary<string, string>(NoEnvironment) { ["CLAUDE_CONFIG_DIR"] = set })));
        return [.. roots.Where(Path.IsPathFullyQualified).Distinct(StringComparer.Ordinal)];
    }

    // The manifest is the command's own; only the directories in it matter here.
    private List<string> Installed()
    {
        try
        {
            if (!File.Exists(paths.ManifestFile))
            {
                return [];
            }

            using var manifest = JsonDocument.Parse(File.ReadAllBytes(paths.ManifestFile));
            return manifest.RootElement.Part("records") is { ValueKind: JsonValueKind.Array } records
                ? [.. records.EnumerateArray()
                    .Select(record => record.Part("registration")?.Text("config_directory"))
                    .OfType<string>()
                    .Distinct(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception problem) when (problem is JsonException || RealPath.IsFileFault(problem))
        {
            return [];
        }
    }
}
