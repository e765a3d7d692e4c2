using Cairn.Core;

namespace Cairn.Engine.Observe.Rules;

/// <summary>A person's message and everything that the agent and its subagents did about it.</summary>
internal sealed record Turn
{
    /// <summary>What the message is; only prompts, plans and acknowledgements make turns.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>What the person wrote.</summary>
    public required string Prompt { get; init; }

    /// <summary>Id of the first event: the prompt's, where there is one.</summary>
    public required long FirstEventId { get; init; }

    /// <summary>True when the person stopped the agent.</summary>
    public required bool Interrupted { get; init; }

    /// <summary>The work, oldest first, subagents' included, the prompt not.</summary>
    public required IReadOnlyList<SessionEvent> Events { get; init; }

    /// <summary>Splits a session into turns. Messages that are not a person's own words make none.</summary>
    public static List<Turn> Split(IReadOnlyList<SessionEvent> events)
    {
        var turns = new List<Turn>();
        OpenTurn? open = null;
        foreach (var happened in events)
        {
            if (happened.Kind == EventKind.Prompt && happened.SubagentId is null)
            {
                var message = UserMessage.Classify(happened.Text ?? "");
                open?.Interrupted |= message.Kind == MessageKind.Interrupt;
                if (message.Kind is MessageKind.Prompt or MessageKind.Plan or MessageKind.Acknowledgement)
                {
                    open?.CloseInto(turns);
                    open = new OpenTurn(message, happened.Id);
                }
            }
            else if (happened.Kind == EventKind.TurnFailed)
            {
                open?.Interrupted |= UserMessage.Classify(happened.Text ?? "").Kind == MessageKind.Interrupt;
            }
            else if (IsWork(happened.Kind))
            {
                open ??= new OpenTurn(new UserMessage(MessageKind.Acknowledgement, ""), happened.Id);
                open.Events.Add(happened);
            }
        }

        open?.CloseInto(turns);
        return turns;
    }

    private static bool IsWork(EventKind kind) =>
        kind is EventKind.ToolResult or EventKind.ToolFailure or EventKind.AssistantMessage or EventKind.AssistantText;

    private sealed class OpenTurn(UserMessage message, long firstEventId)
    {
        public List<SessionEvent> Events { get; } = [];

        public bool Interrupted { get; set; }

        public void CloseInto(List<Turn> turns) => turns.Add(new Turn
        {
            Kind = message.Kind,
            Prompt = message.Text,
            FirstEventId = firstEventId,
            Interrupted = Interrupted,
            Events = Events,
        });
    }
}
