using System.Diagnostics;
using Riad.Git.Io;
using Riad.Git.Io.References;
using Riad.Git.Objects;

namespace Riad.DnsPrimaryGit.Serving;

/// <summary>The first commit of a repository to try things with: the zone example.org.</summary>
internal static class ExampleRepository
{
    private static readonly string[] Files = ["README.md", "example.org"];

    public static void Fill(Repository repository, string branch, DateTimeOffset now)
    {
        var blobs = Files.Select(name => (Name: name, Blob: GitObject.Create(ObjectKind.Blob, Read(name)))).ToList();
        if (!Tree.TryCreate(blobs.Select(file => TreeEntry.Create(EntryMode.File, file.Name, file.Blob.Id)), out var tree, out _) ||
            !Signature.TryCreate("Riad", "", now, out var signature))
            throw new UnreachableException();
        var root = GitObject.Create(ObjectKind.Tree, tree.Octets);
        var commit = GitObject.Create(ObjectKind.Commit, Commit.Create(root.Id, [], signature, signature, "An example zone\n").Octets);
        using var hold = repository.WriteObjects([.. blobs.Select(file => file.Blob), root, commit]);
        if (!repository.TryUpdateRefs([new RefUpdate($"refs/heads/{branch}", ObjectId.Zero, commit.Id)], out var error))
            throw new IOException(error.ToString());
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(ExampleRepository).Assembly.GetManifestResourceStream($"Examples/{name}") ?? throw new UnreachableException();
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
