using Cairn.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Tests.Docs;

/// <summary>The reference says what the code says.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> Pages() => [.. ReferencePages.All().Select(page => page.Path)];

    [Theory, MemberData(nameof(Pages))]
    public void A_generated_page_is_as_the_code_has_it(string path)
    {
        var text = ReferencePages.All().Single(page => page.Path == path).Text;
        if (Environment.GetEnvironmentVariable("CAIRN_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, path), text);
        }

        Assert.Equal(text, Repository.Read(path));
    }

    [Fact]
    public async Task Every_address_that_the_daemon_answers_is_declared_and_so_in_the_reference()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var declared = ReferencePages.RouteConstants().Select(route => route.Address).ToHashSet();
        var mapped = daemon.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(address => address is not ("/" or "{*path:nonfile}"))
            .ToHashSet();
        Assert.Equal(declared.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
    }
}
