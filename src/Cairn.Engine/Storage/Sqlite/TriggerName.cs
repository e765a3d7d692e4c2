using System.Diagnostics;
using Cairn.Engine.Recall;

namespace Cairn.Engine.Storage.Sqlite;

/// <summary>What asked for a recall, as it stands in a column.</summary>
internal static class TriggerName
{
    public static string Of(RecallTrigger trigger) => trigger switch
    {
        RecallTrigger.Search => "search",
        RecallTrigger.SessionStartup => "session-startup",
        RecallTrigger.SessionResume => "session-resume",
        RecallTrigger.SessionClear => "session-clear",
        RecallTrigger.SessionCompact => "session-compact",
        RecallTrigger.Prompt => "prompt",
        _ => throw new UnreachableException(),
    };
}
