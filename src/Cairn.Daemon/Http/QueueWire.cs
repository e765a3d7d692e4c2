using System.Globalization;
using Cairn.Core;
using Cairn.Core.Wire;
using Cairn.Engine.Jobs;

namespace Cairn.Daemon.Http;

/// <summary>The queue in the words of the wire, the older system's among them.</summary>
internal static class QueueWire
{
    /// <summary>One session with events that are not observed.</summary>
    public static RawEventSessionReply Of(PendingSession session)
    {
        int Count(params ReadOnlySpan<string> states)
        {
            var sum = 0;
            foreach (var state in states)
            {
                sum += session.Batches.GetValueOrDefault(state);
            }

            return sum;
        }

        var id = session.Key.AgentSessionId;
        return new(
            id, SourceOf(session.Key.Agent), id, id, id, session.Project, session.Cwd,
            session.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            session.LastEventAt.ToUnixTimeMilliseconds(), session.Events - session.Pending - 1, session.Events - 1, session.Pending,
            new Dictionary<string, int>
            {
                ["started"] = Count("pending"),
                ["running"] = Count("claimed"),
                ["error"] = Count("failed", "gave_up"),
                ["completed"] = Count("completed"),
            },
            new Dictionary<string, int>
            {
                ["pending"] = Count("pending"),
                ["claimed"] = Count("claimed"),
                ["failed"] = Count("failed", "gave_up"),
                ["done"] = Count("completed"),
                ["gave_up"] = Count("gave_up"),
            });
    }

    /// <summary>One batch.</summary>
    public static QueuedBatchReply Of(QueuedBatch batch) => new(
        batch.Id, batch.Session.Agent, batch.Session.AgentSessionId, batch.Project, batch.Observer, batch.State, batch.Attempts,
        batch.Events, batch.DueAt.ToUnixTimeMilliseconds(), batch.Error);

    /// <summary>Which batches a request means.</summary>
    public static QueueChoice Of(QueueRequest request) => new(
        request.Id, request.SessionId, request.Source is "claude" ? AgentSpec.ClaudeCode.Name : request.Source, request.Limit);

    private static string SourceOf(string agent) => agent == AgentSpec.ClaudeCode.Name ? "claude" : agent;
}
