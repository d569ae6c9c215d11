using System.Text;

namespace Riad.Host;

/// <summary>A line from the terminal that the terminal does not show.</summary>
internal static class HiddenLine
{
    public static string Read()
    {
        var line = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key is not ConsoleKey.Enter)
        {
            if (key.Key is not ConsoleKey.Backspace)
                line.Append(char.IsControl(key.KeyChar) ? "" : key.KeyChar.ToString());
            else if (line.Length > 0)
                line.Length--;
        }
        return line.ToString();
    }
}
