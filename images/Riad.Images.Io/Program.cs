using System.CommandLine;
using System.Runtime.Versioning;
using Riad.Images.Io;

[assembly: UnsupportedOSPlatform("windows")]

// No argument is the name of a file with more of them: one that begins with @ means itself.
return await Commands.Root.Parse(args, new() { ResponseFileTokenReplacer = null }).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
