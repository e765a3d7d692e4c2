using Cairn.Core.Hosting;

namespace Cairn.Daemon.Hosting;

/// <summary>What the daemon is told when it starts: where its data lies. Everything else is in the settings file there.</summary>
/// <param name="Paths">The data directory and the database.</param>
/// <param name="Detach">True to leave the terminal and the parent that started it.</param>
internal sealed record DaemonArguments(CairnPaths Paths, bool Detach)
{
    public const string Usage = "usage: cairn-daemon --home <directory> [--database <file>] [--detach]";

    /// <summary>Reads the command line; null when it is not of the usage's form.</summary>
    public static DaemonArguments? Parse(IReadOnlyList<string> args)
    {
        string? home = null;
        string? database = null;
        var detach = false;
        for (var index = 0; index < args.Count; index++)
        {
            switch (args[index])
            {
                case "--home" when index + 1 < args.Count:
                    home = args[++index];
                    break;
                case "--database" when index + 1 < args.Count:
                    database = args[++index];
                    break;
                case "--detach":
                    detach = true;
                    break;
                default:
                    return null;
            }
        }

        return string.IsNullOrWhiteSpace(home) ? null : new(new CairnPaths(home, database), detach);
    }
}
