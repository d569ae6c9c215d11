using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Riad.Interop.Tests.Running;

namespace Riad.Images.Interop.Tests.Running;

/// <summary>A Debian package with files of a test.</summary>
internal static class FakePackage
{
    /// <summary>Makes one where the builder keeps packages.</summary>
    /// <param name="cache">That folder.</param>
    /// <param name="files">Their paths; each holds a word.</param>
    /// <returns>The package's hash, in hexadecimal digits.</returns>
    public static string Make(string cache, IEnumerable<string> files)
    {
        var archive = Path.Combine(Directory.CreateDirectory(cache).FullName, "data.tar");
        using (var writer = new TarWriter(File.Create(archive), TarEntryFormat.Gnu, leaveOpen: false))
        {
            foreach (var file in files)
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "./" + file) { DataStream = new MemoryStream("word\n"u8.ToArray()) });
        }
        Tool.Run("xz", ["--force", archive], cache).MustSucceed();
        var content = File.ReadAllBytes(archive + ".xz");
        // Source: deb(5), ar(5).
        byte[] package = [.. "!<arch>\n"u8, .. Encoding.ASCII.GetBytes($"{"data.tar.xz",-16}{"0",-12}{"0",-6}{"0",-6}{"100644",-8}{content.Length,-10}`\n"), .. content];
        var hash = Convert.ToHexStringLower(SHA256.HashData(package));
        File.WriteAllBytes(Path.Combine(cache, $"{hash}.deb"), package);
        return hash;
    }
}
