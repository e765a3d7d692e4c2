namespace Cairn.Core.Redaction;

/// <summary>How surely a name says that its value is a secret.</summary>
internal enum KeyStrength
{
    /// <summary>It does not say so.</summary>
    None = 0,

    /// <summary>It may: <c>token</c> and <c>auth</c> are everyday words of parsers and settings, so the value has to look the part.</summary>
    Weak,

    /// <summary>It does.</summary>
    Strong,
}
