using System.Text.Json;
using Riad.Images.Interop.Tests.Running;
using Riad.Interop.Tests.Running;
using Xunit;

namespace Riad.Images.Interop.Tests.Deploying;

/// <summary>The manifests for Kubernetes: that they agree with themselves, with each other, with their page and with the images.</summary>
public sealed class ManifestTests
{
    private static readonly Lazy<List<JsonElement>> Manifests = new(() => [.. YamlFile.Read("docs", "deploy", "kubernetes", "primary.yaml"), .. YamlFile.Read("docs", "deploy", "kubernetes", "secondary.yaml")]);

    private static List<JsonElement> Workloads => Of("StatefulSet", "Deployment");

    [NeedsFact(YamlFile.Reader)]
    public void Nothing_is_in_them_that_nobody_looked_at() =>
        Assert.Equal(["Service", "StatefulSet", "NetworkPolicy", "Service", "Deployment", "PodDisruptionBudget"], Manifests.Value.Select(manifest => manifest.At("kind").Text()));

    [NeedsFact(YamlFile.Reader)]
    public void Every_selector_finds_what_it_is_for()
    {
        Assert.All(Workloads, workload => Assert.Equal(Labels(workload), workload.At("spec", "selector", "matchLabels").ToString()));
        Assert.All(Of("Service"), service => Assert.Single(Workloads, workload => Labels(workload) == service.At("spec", "selector").ToString()));
        Assert.All(Of("PodDisruptionBudget"), budget => Assert.Single(Workloads, workload => Labels(workload) == budget.At("spec", "selector", "matchLabels").ToString()));
        Assert.All(Of("NetworkPolicy"), policy => Assert.All(
            policy.At("spec", "ingress").Items().SelectMany(rule => rule.At("from").Items()).Select(peer => peer.At("podSelector", "matchLabels")).Append(policy.At("spec", "podSelector", "matchLabels")),
            labels => Assert.Single(Workloads, workload => Labels(workload) == labels.ToString())));
        Assert.All(Of("StatefulSet"), set => Assert.Contains(set.At("spec", "serviceName").Text(), Of("Service").Select(Name)));
    }

    [NeedsFact(YamlFile.Reader)]
    public void Every_pod_has_the_least_privilege_there_is() => Assert.All(Workloads, workload =>
    {
        var (pod, container) = (Pod(workload).At("securityContext"), Container(workload).At("securityContext"));
        Assert.Equal("True 65532 65532 RuntimeDefault", $"{pod.At("runAsNonRoot")} {pod.At("runAsUser")} {pod.At("fsGroup")} {pod.At("seccompProfile", "type")}");
        Assert.Equal("""False True {"drop": ["ALL"]}""", $"{container.At("allowPrivilegeEscalation")} {container.At("readOnlyRootFilesystem")} {container.At("capabilities")}");
        Assert.Equal("False", Pod(workload).At("automountServiceAccountToken").Text());
    });

    [NeedsFact(YamlFile.Reader)]
    public void Ports_are_those_of_the_image_and_lead_to_each_other() => Assert.All(Workloads, workload =>
    {
        var image = ImageOf(workload);
        var open = Container(workload).At("ports").Items().Select(port => $"{port.At("containerPort")}/{port.At("protocol")}").ToList();
        Assert.Equal([$"{image.Port}/UDP", $"{image.Port}/TCP", $"{image.HttpPort}/TCP"], open);

        var service = Of("Service").Single(service => service.At("spec", "selector").ToString() == Labels(workload));
        foreach (var port in service.At("spec", "ports").Items())
            Assert.Contains($"{(port.At("targetPort").Text() is { Length: > 0 } target ? target : port.At("port"))}/{port.At("protocol")}", open);
        foreach (var probe in (string[])["startupProbe", "livenessProbe", "readinessProbe"])
            Assert.Contains(Container(workload).At(probe).Members().Values.Select(way => $"{way.At("port")}/TCP"), open.Contains);
    });

    [NeedsFact(YamlFile.Reader)]
    public void The_policy_lets_everything_in_that_a_service_leads_to()
    {
        var policy = Assert.Single(Of("NetworkPolicy"));
        var service = Of("Service").Single(service => service.At("spec", "selector").ToString() == policy.At("spec", "podSelector", "matchLabels").ToString());

        Assert.Equal(
            service.At("spec", "ports").Items().Select(port => $"{port.At("port")}/{port.At("protocol")}").Order(StringComparer.Ordinal),
            policy.At("spec", "ingress").Items().SelectMany(rule => rule.At("ports").Items()).Select(port => $"{port.At("port")}/{port.At("protocol")}").Order(StringComparer.Ordinal));
    }

    // What the API does not have, a cluster would drop without a word, or refuse.
    [NeedsFact(YamlFile.Reader, "node", Npm = true)]
    public void Kubernetes_knows_all_that_is_in_them() => Assert.Empty(Check(Manifests.Value));

    [NeedsFact(YamlFile.Reader, "node", Npm = true)]
    public void What_Kubernetes_does_not_know_is_found()
    {
        (string Right, string Wrong, string Complaint)[] faults =
        [
            ("\"readOnlyRootFilesystem\"", "\"readonlyRootFilesystem\"", "'\"readonlyRootFilesystem\"' does not exist in type 'ISecurityContext'"),
            ("\"replicas\": 3", "\"replicas\": \"some\"", "Type 'string' is not assignable to type 'number'"),
            ("\"protocol\": \"UDP\"", "\"protocol\": \"udp\"", "Type '\"udp\"' is not assignable"),
            ("\"containerPort\": 5310", "\"hostPort\": 5310", "Property '\"containerPort\"' is missing"),
        ];

        Assert.All(faults, fault => Assert.Contains(Check(Manifests.Value.Select(manifest => JsonDocument.Parse(manifest.GetRawText().Replace(fault.Right, fault.Wrong, StringComparison.Ordinal)).RootElement)),
            line => line.Contains(fault.Complaint, StringComparison.Ordinal)));
    }

    [NeedsFact(YamlFile.Reader)]
    public void Every_option_is_one_of_the_program() => Assert.All(Workloads, workload =>
    {
        var (known, container) = (KnownOptions.Of(ImageOf(workload).Program), Container(workload));
        var words = container.At("args").Items().Select(word => word.Text()).ToList();
        Assert.Equal("serve", words[0]);
        Assert.Empty(KnownOptions.In(words).Concat(container.At("env").Items().Select(variable => KnownOptions.OfVariable(variable.At("name").Text()))).Except(known));
    });

    [NeedsFact(YamlFile.Reader)]
    public void Every_file_comes_from_a_secret_that_the_page_makes() => Assert.All(Workloads, workload =>
    {
        var (container, page) = (Container(workload), File.ReadAllLines(Checkout.PathOf("docs", "deploy", "kubernetes.md")));
        var mounts = container.At("volumeMounts").Items().ToDictionary(mount => mount.At("mountPath").Text(), mount => mount.At("name").Text(), StringComparer.Ordinal);
        Assert.Equal(
            mounts.Values.Order(StringComparer.Ordinal),
            Pod(workload).At("volumes").Items().Select(Named).Concat(workload.At("spec", "volumeClaimTemplates").Items().Select(Name)).Order(StringComparer.Ordinal));
        Assert.Contains("/state", mounts.Keys);
        foreach (var path in container.At("env").Items().Select(variable => variable.At("value").Text()))
        {
            var volume = Pod(workload).At("volumes").Items().Single(volume => Named(volume) == mounts[path[..path.LastIndexOf('/')]]);
            Assert.Contains(page, line => line.StartsWith($"kubectl create secret generic {volume.At("secret", "secretName")} ", StringComparison.Ordinal)
                && line.Split(' ').Contains($"--from-file={path[(path.LastIndexOf('/') + 1)..]}"));
        }
    });

    [NeedsFact(YamlFile.Reader)]
    public void The_secondaries_ask_the_primary_where_it_is_for_the_catalog_that_it_has()
    {
        var (primary, secondary) = (Workloads.Single(workload => ImageOf(workload).Program == "dns-primary-git"), Workloads.Single(workload => ImageOf(workload).Program == "dns-secondary"));
        var service = Of("Service").Single(service => service.At("spec", "selector").ToString() == Labels(primary));

        Assert.Equal($"{service.At("spec", "clusterIP")}:{service.At("spec", "ports").Items()[0].At("port")}", Option(secondary, "--primary"));
        Assert.Equal(Option(primary, "--catalog"), Option(secondary, "--catalog"));
    }

    private static List<string> Check(IEnumerable<JsonElement> manifests)
    {
        var folder = Directory.CreateTempSubdirectory("riad-manifests-");
        try
        {
            return Schemas.CheckManifests(manifests, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<JsonElement> Of(params string[] kinds) => [.. Manifests.Value.Where(manifest => kinds.Contains(manifest.At("kind").Text()))];

    private static string Name(JsonElement manifest) => manifest.At("metadata", "name").Text();

    private static string Named(JsonElement element) => element.At("name").Text();

    private static JsonElement Pod(JsonElement workload) => workload.At("spec", "template", "spec");

    private static JsonElement Container(JsonElement workload) => Pod(workload).At("containers").Items().Single();

    private static string Labels(JsonElement workload) => workload.At("spec", "template", "metadata", "labels").ToString();

    private static ApplianceImage ImageOf(JsonElement workload) => ApplianceImage.All.Single(image => Container(workload).At("image").Text().Contains($"/riad/{image.Name}:", StringComparison.Ordinal));

    private static string Option(JsonElement workload, string name)
    {
        var words = Container(workload).At("args").Items().ConvertAll(word => word.Text());
        return words[words.IndexOf(name) + 1];
    }
}
