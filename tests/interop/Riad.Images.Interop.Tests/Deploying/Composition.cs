using System.Text.Json;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>What a compose file asks for, as podman's arguments: of the many things that there are, those that our file uses; any other is an error.</summary>
/// <param name="file">The file's one document.</param>
/// <param name="folder">That the file lies in.</param>
internal sealed class Composition(JsonElement file, string folder)
{
    /// <summary>The commands that make the networks, then those that start the services in the order of the file.</summary>
    public IEnumerable<string> Commands
    {
        get
        {
            foreach (var (name, network) in file.At("networks").Members())
                yield return $"podman network create --subnet {network.At("ipam", "config").Items().Single().At("subnet")} {name}";
            foreach (var (name, service) in file.At("services").Members())
            {
                var members = service.Members();
                var options = members.SelectMany(member => Options(member.Key, member.Value));
                yield return string.Join(' ', ["podman", "run", "--detach", "--name", name, .. options, members["image"].Text(), .. members["command"].Items().Select(word => word.Text())]);
            }
        }
    }

    private IEnumerable<string> Options(string key, JsonElement value) => key switch
    {
        "image" or "command" or "depends_on" => [],
        "read_only" => [$"--read-only={value.Text().ToLowerInvariant()}"],
        "cap_drop" => value.Items().Select(name => $"--cap-drop={name}"),
        "security_opt" => value.Items().Select(name => $"--security-opt={name}"),
        "restart" => [$"--restart={value}"],
        "environment" => value.Members().Select(variable => $"--env={variable.Key}={variable.Value}"),
        "volumes" => value.Items().Select(volume => $"--volume={volume.Text().Replace("./", folder + "/", StringComparison.Ordinal)}"),
        "ports" => value.Items().Select(port => $"--publish={port}"),
        "networks" => value.Members().SelectMany(network => (string[])[$"--network={network.Key}", $"--ip={network.Value.At("ipv4_address")}"]),
        _ => throw new InvalidDataException($"the compose file has {key}, which this test does not know"),
    };
}
