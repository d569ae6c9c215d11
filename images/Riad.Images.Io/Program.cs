using System.CommandLine;
using System.Runtime.Versioning;
using Riad.Images.Io;

[assembly: UnsupportedOSPlatform("windows")]

return await Commands.Root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
