#pragma warning disable CS1591, CA1822
namespace Cairn.Core.Projects;
public sealed class ProjectResolver { public ProjectIdentity Resolve(string cwd) => new("dir:" + cwd, Path.GetFileName(cwd), cwd, cwd, null); }
public static class ProjectPaths { public static string Relative(string path, ProjectIdentity p, string cwd) => path.StartsWith(p.Root + "/", StringComparison.Ordinal) ? path[(p.Root.Length + 1)..] : path; }
public sealed class GlobPattern { public static GlobPattern Parse(string s) => new(); public bool Matches(string s) => false; }
