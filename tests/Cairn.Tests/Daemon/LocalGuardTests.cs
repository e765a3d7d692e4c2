using System.Net;
using Cairn.Tests.Support;

namespace Cairn.Tests.Daemon;

/// <summary>Who is let in over loopback.</summary>
public sealed class LocalGuardTests : IAsyncLifetime
{
    private TestDaemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await TestDaemon.StartAsync();

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://127.0.0.1")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_foreign_host_or_origin_is_refused(string header, string value)
    {
        foreach (var path in new[] { "health", "api/health", "api/readiness", "api/version", "nowhere", "" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Get, path, (header, value)));
        }
    }

    [Fact]
    public async Task A_foreign_origin_writes_nothing()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, "api/hooks/claude-code", ("Origin", "http://evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, "api/admin/shutdown", ("Host", "evil.example")));
        Assert.Equal(["0"], _daemon.Query("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task A_browser_of_our_own_page_must_show_the_token_to_change_something()
    {
        var own = _daemon.TcpAddress.ToString().TrimEnd('/');
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, "api/hooks/claude-code", ("Origin", own)));
        var token = await File.ReadAllTextAsync(_daemon.Paths.TokenFile, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Post, "api/hooks/claude-code", ("Origin", own), ("Authorization", "Bearer " + token)));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_loopback_host_is_served(string host) =>
        Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Get, "health", ("Host", host)));

    [Fact]
    public async Task The_viewers_switch_takes_the_page_away_and_nothing_else()
    {
        await using var without = await TestDaemon.StartAsync(settings: """{"CODEMEM_VIEWER":"off"}""");
        using var client = new HttpClient { BaseAddress = without.TcpAddress };

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("api/health", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_second_port_answers_the_same_and_one_that_is_taken_is_named()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var settings = $$"""{"CODEMEM_VIEWER_PORT":{{port}} }""";
        await using (var refused = await TestDaemon.StartAsync(settings))
        {
            var health = await refused.Client.GetStringAsync(new Uri("api/health", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Contains("does not answer there", health);
        }

        taken.Stop();
        await using var both = await TestDaemon.StartAsync(settings);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        Assert.Contains("\"ok\"", await client.GetStringAsync(new Uri("api/health", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_address_is_answered_in_the_one_shape_of_errors()
    {
        using var client = new HttpClient { BaseAddress = _daemon.TcpAddress };
        using var response = await client.GetAsync(new Uri("api/nowhere", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(
            """{"error":"not found","message":"There is nothing at this address.","code":"not_found","details":[]}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient { BaseAddress = _daemon.TcpAddress };
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(Payloads.First("plain", "PreToolUse"));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
