namespace Cairn.Cli.Commands;

/// <summary>The states of a check, as the wire says them.</summary>
internal static class CheckState
{
    /// <summary>It is well.</summary>
    public const string Ok = "ok";

    /// <summary>It works, and wants a look.</summary>
    public const string Warning = "warning";

    /// <summary>Something does not work because of it.</summary>
    public const string Failed = "failed";
}
