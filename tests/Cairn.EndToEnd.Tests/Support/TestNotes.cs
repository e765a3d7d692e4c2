namespace Cairn.EndToEnd.Tests.Support;

/// <summary>What a test saw that is worth reading: in its own output, and where <c>./test</c> prints it at its end.</summary>
internal static class TestNotes
{
    public static void Write(string name, string text)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        if (Environment.GetEnvironmentVariable("CAIRN_TEST_NOTES") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.txt"), text + "\n");
        }
    }
}
