namespace Cairn.Core.Jsonc;

/// <summary>A text is no JSON, comments and trailing commas allowed.</summary>
public sealed class JsoncException : Exception
{
    /// <summary>Says what is wrong and where.</summary>
    public JsoncException(string problem, int line, int column)
        : base($"line {line}, column {column}: {problem}") => (Problem, Line, Column) = (problem, line, column);

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>The line of the fault, from 1.</summary>
    public int Line { get; }

    /// <summary>The UTF-16 character in that line, from 1.</summary>
    public int Column { get; }
}
