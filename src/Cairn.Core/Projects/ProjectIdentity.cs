namespace Cairn.Core.Projects;

/// <summary>What makes a directory the same project as another: the repository that it belongs to.</summary>
/// <param name="Identity">
/// <c>git:host/path</c> where the repository has a remote called <c>origin</c> (scheme, credentials, port and a trailing
/// <c>.git</c> removed), else <c>dir:</c> and the absolute path of the git common directory's parent, or of the directory itself; <c>name:</c> and a
/// label where a person or a sender names the project.
/// </param>
/// <param name="Label">What people call it: the last part of the main checkout's path.</param>
/// <param name="Root">Absolute path of the checkout that the directory lies in, or the directory itself; paths are kept relative to it.</param>
/// <param name="MainRoot">Absolute path of the repository's main checkout; the same as <paramref name="Root"/> outside a worktree.</param>
/// <param name="Branch">The branch that is checked out; null when detached or outside a repository.</param>
public sealed record ProjectIdentity(string Identity, string Label, string Root, string MainRoot, string? Branch);
