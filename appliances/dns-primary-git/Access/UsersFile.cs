using Microsoft.Extensions.Logging;
using Riad.Host;

namespace Riad.DnsPrimaryGit.Access;

/// <summary>The users file on disk.</summary>
internal static class UsersFile
{
    /// <summary>Reads it now and again whenever it changes.</summary>
    /// <exception cref="OperatorException">It cannot be read, or a line of it is wrong.</exception>
    public static ReloadedFile<UserTable> Open(FileInfo file, ILogger log) => ReloadedFile.Open(() => Read(file), log, file);

    /// <summary>Reads it.</summary>
    /// <exception cref="OperatorException">It cannot be read, or a line of it is wrong.</exception>
    public static UserTable Read(FileInfo file)
    {
        try
        {
            return UserTable.TryRead(File.ReadAllText(file.FullName), out var table, out var fault)
                ? table
                : throw OperatorException.CannotRun($"the users file {OneLine.Escape(file.ToString())} is not usable, {fault}");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw OperatorException.CannotRun($"the users file {OneLine.Escape(file.ToString())} does not exist; 'dns-primary-git user add NAME --users FILE' creates it", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the users file {OneLine.Escape(file.ToString())} cannot be read ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }

    /// <summary>Writes it: a reader sees the old file or the new one, and nobody but the owner may look inside.</summary>
    /// <exception cref="OperatorException">It cannot be written.</exception>
    public static void Write(FileInfo file, UserTable table)
    {
        try
        {
            DurableFile.ReplaceSecret(file.FullName, System.Text.Encoding.UTF8.GetBytes(table.Write()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OperatorException.CannotRun($"the users file {OneLine.Escape(file.ToString())} cannot be written ({OneLine.Escape(exception.Message.TrimEnd('.'))})", exception);
        }
    }
}
