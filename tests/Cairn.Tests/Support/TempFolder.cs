namespace Cairn.Tests.Support;

internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cairn-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
