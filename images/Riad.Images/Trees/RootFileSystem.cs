using System.Collections.Immutable;
using System.Text;
using Riad.Images.Packages;

namespace Riad.Images.Trees;

/// <summary>The files of an image: one program, and what it opens or starts.</summary>
public static class RootFileSystem
{
    /// <summary>The user that the program runs as in a container: no name that any system gives away.</summary>
    public const int User = 65532;

    private const string Certificates = "usr/share/ca-certificates/mozilla/";

    // What .NET is linked with, and what it opens when it needs ciphers. Names are resolved inside libc.so.6.
    private static readonly ImmutableArray<string> Libraries =
    [
        "libc.so.6", "libm.so.6", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libgcc_s.so.1", "libstdc++.so.6", "libssl.so.3", "libcrypto.so.3",
    ];

    /// <summary>Puts the files together.</summary>
    /// <param name="architecture">The machine it is for.</param>
    /// <param name="packages">The files of Debian's packages.</param>
    /// <param name="program">The appliance's one file. It lies at /riad.</param>
    /// <param name="companion">A program beside it; null for none.</param>
    /// <param name="tree">The files.</param>
    /// <param name="missing">The path that no package has.</param>
    public static bool TryBuild(Architecture architecture, PackageFiles packages, ReadOnlyMemory<byte> program, Companion? companion, out FileTree tree, out string missing)
    {
        (tree, missing) = (Frame(), "");
        foreach (var library in Libraries.Concat(companion?.Libraries ?? []).Select(name => $"{architecture.LibraryFolder}/{name}"))
        {
            if (!packages.TryFind(missing = library, out var content) && !packages.TryFind("usr/" + library, out content))
                return false;
            tree = tree.With(library, new Node.File(content, Modes.Program));
        }
        if (!packages.TryFind(missing = architecture.Loader, out var loader))
            return false;
        tree = tree.With(architecture.Loader, new Node.File(loader, Modes.Program));
        if (companion is not null)
        {
            if (!packages.TryFind(missing = companion.Program, out var beside))
                return false;
            tree = tree.With(companion.Program, new Node.File(beside, Modes.Program));
        }

        var authorities = packages.Paths.Where(path => path.StartsWith(Certificates, StringComparison.Ordinal) && path.EndsWith(".crt", StringComparison.Ordinal)).ToList();
        if (authorities.Count == 0)
        {
            missing = Certificates;
            return false;
        }
        tree = tree.With("etc/ssl/certs/ca-certificates.crt", new Node.File(Join(packages, authorities), Modes.Text)).With("riad", new Node.File(program, Modes.Program));
        return true;
    }

    private static FileTree Frame() => FileTree.Empty
        .WithFolder("dev").WithFolder("proc").WithFolder("run").WithFolder("sys").WithFolder("tmp", Modes.Shared)
        .WithFolder("state", Modes.Private, User)
        .WithText("etc/passwd", $"root:x:0:0:root:/:/riad\nriad:x:{User}:{User}:riad:/state:/riad\n")
        .WithText("etc/group", $"root:x:0:\nriad:x:{User}:\n")
        .WithText("etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")
        .WithText("etc/nsswitch.conf", "hosts: files dns\n");

    // What update-ca-certificates would write, each certificate ending its line.
    private static byte[] Join(PackageFiles packages, List<string> paths)
    {
        var text = new StringBuilder();
        foreach (var path in paths)
        {
            packages.TryFind(path, out var content);
            text.Append(Encoding.ASCII.GetString(content.Span).TrimEnd('\n')).Append('\n');
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
