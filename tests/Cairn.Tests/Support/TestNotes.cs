namespace Cairn.Tests.Support;

/// <summary>Figures that a test found out and a person wants to read; <c>./test</c> prints them at its end.</summary>
internal static class TestNotes
{
    public static void Write(string name, string text)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        if (Environment.GetEnvironmentVariable("CAIRN_TEST_NOTES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, name + ".txt"), text + Environment.NewLine);
        }
    }
}
