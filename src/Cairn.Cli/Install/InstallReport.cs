namespace Cairn.Cli.Install;

/// <summary>What an installation or its reversal did and could not do, in sentences fit to show.</summary>
internal sealed class InstallReport(IProgress<string>? progress = null)
{
    private readonly List<string> _done = [];
    private readonly List<string> _warnings = [];
    private readonly List<string> _failures = [];

    /// <summary>What was changed.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What could not be done, each with what finishes it.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Notes a change that was made, and shows it at once.</summary>
    public void Did(string sentence)
    {
        _done.Add(sentence);
        progress?.Report(sentence);
    }

    /// <summary>Notes something that the user should know.</summary>
    public void Warn(string sentence) => _warnings.Add(sentence);

    /// <summary>Notes something that could not be done.</summary>
    public void Fail(string sentence) => _failures.Add(sentence);
}
