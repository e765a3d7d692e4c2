using System.Runtime.Versioning;
using Cairn.Core.Files;
using Cairn.Tests.Support;

namespace Cairn.Tests.Files;

[UnsupportedOSPlatform("windows")]
public sealed class SafeFileTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Shared = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_has_the_contents_and_the_mode_asked_for()
    {
        SafeFile.WriteAtomically(In("new"), "hello"u8, Private);
        Assert.Equal("hello", File.ReadAllText(In("new")));
        Assert.Equal(Private, File.GetUnixFileMode(In("new")));
        SafeFile.WriteAtomically(In("open"), "x"u8, Shared | UnixFileMode.GroupWrite);
        Assert.Equal(Shared | UnixFileMode.GroupWrite, File.GetUnixFileMode(In("open")));
        NothingElse("new", "open");
    }

    [Fact]
    public void A_file_that_is_there_keeps_its_mode_and_whoever_reads_it_keeps_the_old_contents()
    {
        File.WriteAllText(In("file"), "a long old content");
        File.SetUnixFileMode(In("file"), Shared);
        using var reader = new StreamReader(new FileStream(In("file"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        SafeFile.WriteAtomically(In("file"), "new"u8, Private);
        Assert.Equal("a long old content", reader.ReadToEnd());
        Assert.Equal("new", File.ReadAllText(In("file")));
        Assert.Equal(Shared, File.GetUnixFileMode(In("file")));
        NothingElse("file");
    }

    [Fact]
    public void A_link_stays_and_its_target_is_written()
    {
        Directory.CreateDirectory(In("dotfiles"));
        File.WriteAllText(In("dotfiles/settings.json"), "old");
        File.CreateSymbolicLink(In("middle"), "dotfiles/settings.json");
        File.CreateSymbolicLink(In("settings.json"), In("middle"));
        SafeFile.WriteAtomically(In("settings.json"), "new"u8, Private);
        Assert.Equal(In("middle"), new FileInfo(In("settings.json")).LinkTarget);
        Assert.Equal("dotfiles/settings.json", new FileInfo(In("middle")).LinkTarget);
        Assert.Equal("new", File.ReadAllText(In("dotfiles/settings.json")));
        Assert.Equal([In("dotfiles/settings.json")], Directory.GetFileSystemEntries(In("dotfiles")));
        NothingElse("dotfiles", "middle", "settings.json");
    }

    [Fact]
    public void A_link_to_a_file_that_is_not_there_makes_that_file()
    {
        File.CreateSymbolicLink(In("link"), "target");
        SafeFile.WriteAtomically(In("link"), "x"u8, Private);
        Assert.Equal("target", new FileInfo(In("link")).LinkTarget);
        Assert.Equal("x", File.ReadAllText(In("target")));
    }

    [Fact]
    public void What_can_not_be_written_leaves_nothing_behind()
    {
        Directory.CreateDirectory(In("folder"));
        Assert.ThrowsAny<Exception>(() => SafeFile.WriteAtomically(In("folder"), "x"u8, Private));
        Assert.ThrowsAny<IOException>(() => SafeFile.WriteAtomically(In("missing/file"), "x"u8, Private));
        File.CreateSymbolicLink(In("a"), "b");
        File.CreateSymbolicLink(In("b"), "a");
        Assert.ThrowsAny<IOException>(() => SafeFile.WriteAtomically(In("a"), "x"u8, Private));
        NothingElse("a", "b", "folder");
    }

    [Fact]
    public void A_private_folder_is_for_its_owner_alone()
    {
        var owner = Private | UnixFileMode.UserExecute;
        SafeFile.EnsurePrivateDirectory(In("one/two"));
        Assert.Equal(owner, File.GetUnixFileMode(In("one/two")));
        Directory.CreateDirectory(In("open"), owner | Shared | UnixFileMode.OtherExecute);
        SafeFile.EnsurePrivateDirectory(In("open"));
        Assert.Equal(owner, File.GetUnixFileMode(In("open")));
        File.WriteAllText(In("file"), "");
        Assert.ThrowsAny<IOException>(() => SafeFile.EnsurePrivateDirectory(In("file")));
    }

    private string In(string name) => Path.Join(_folder.Path, name);

    private void NothingElse(params string[] names) =>
        Assert.Equal(names.Select(In), Directory.GetFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal));
}
