using System.Diagnostics.CodeAnalysis;
using Cairn.Core.Redaction;

namespace Cairn.Tests.Redaction;

public sealed class RedactorTests
{
    private readonly Redactor _redactor = new();

    [Theory]
    [MemberData(nameof(PlantedSecrets.All), MemberType = typeof(PlantedSecrets))]
    [SuppressMessage("Usage", "xUnit1026", Justification = "The name tells the rows apart.")]
    public void A_planted_secret_is_gone_and_what_stands_around_it_stays(string name, string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.Ordinal);
        Assert.Equal(text[..at] + Redactor.SecretMark + text[(at + secret.Length)..], _redactor.Redact(text));
    }

    [Theory]
    [InlineData("password: string")]
    [InlineData("interface Login { password?: string; token: Uint8Array }")]
    [InlineData("token = getToken()")]
    [InlineData("TOKEN=getToken()")]
    [InlineData("if (secret == null) return;")]
    [InlineData("var password = Configuration[\"Db:Password\"];")]
    [InlineData("password = config.password2;")]
    [InlineData("this.apiKey = options.apiKey;")]
    [InlineData("public string ApiKey { get; init; } = \"\";")]
    [InlineData("CancellationToken cancellationToken = default")]
    [InlineData("\"max_tokens\": 4096, \"token_count\": 17, \"tokenizer\": \"cl100k_base_v2\"")]
    [InlineData("author: Jane2 Doe, authority = \"https1\", \"authors\": [\"a1\"]")]
    [InlineData("public_key: \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB\"")]
    [InlineData("key: value, \"key\": \"value1\"")]
    [InlineData("commit 7899c16f1b6ac6d0a5e5b4d1c8a3f20e9d3b7c11")]
    [InlineData("id 123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("SGVsbG8gd29ybGQ= decodes to Hello world")]
    [InlineData("git@github.com:cairn/cairn.git and https://example.test:8080/a@b")]
    [InlineData("ssh://git@example.test:22/x")]
    [InlineData("http://localhost:5000/users?page=2&next_page_token=abc123def456")]
    [InlineData("export PASSWORD=$DB_PASSWORD; TOKEN=${TOKEN}; SECRET=$(cat file)")]
    [InlineData("Authorization: Bearer $TOKEN")]
    [InlineData("headers.Authorization = `Bearer ${token}`;")]
    [InlineData("headers[\"Authorization\"] = \"Bearer \" + token;")]
    [InlineData("the --password flag is required; pass --token to the command")]
    [InlineData("\"password\": \"Enter your password\"")]
    [InlineData("password=<your-password>&x")]
    [InlineData("API_KEY=your-api-key-here")]
    [InlineData("password: \"********\", apiKey: \"xxxx\"")]
    [InlineData("OLDPWD=/home/joe/src1 PWD=/home/joe")]
    [InlineData("{\"pwd\": \"/home/joe/src1\"}")]
    [InlineData("hasPassword: \"true1\", is_secret = \"maybe1\"")]
    [InlineData("password_file: \"/run/secrets/db1\", tokenEndpoint: \"https://x1\"")]
    [InlineData(".sk-folding-cube-animation-large-2 { color: red }")]
    [InlineData("npm_config_registry=https://registry.npmjs.org/")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIBIjAN\n-----END PUBLIC KEY-----")]
    [InlineData("eyJ is how they begin")]
    [InlineData("enum { TOKEN = 1, SECRET = 2 }")]
    [InlineData("password_hash = sha256(password)")]
    [InlineData("Token kind: \"identifier\", token: \"comma\"")]
    [InlineData("std::string token = tokens[i2];")]
    [InlineData("secrets: inherit\ncredentials: true")]
    [InlineData("credentials: DefaultAzureCredentialV2Options,")]
    [InlineData("api_key: os.environ/AZURE_API_KEY")]
    [InlineData("ANTHROPIC_API_KEY=sk-ant-... and OPENAI_API_KEY=sk-your-openai-key")]
    [InlineData("password = passwordEncoderForMigration2")]
    [InlineData("Dictionary<privateKey, int> and <private/>")]
    [InlineData("\"integrity\": \"sha512-rIlKmrY0QMyHgPRX/MYWNj039vbypICvI9jVe3rs9Xy2RnNklySjyPxqh62QadznzoftEO23uYQ1tFePcQ//bg==\"")]
    [InlineData("golang.org/x/sys v0.1.0 h1:kunALQeHf1/185U1i0GOB/fy1IPRDDpuoOOqRReG57U=")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d61af8 and D41D8CD98F00B204E9800998ECF8427E")]
    [InlineData("id 0198c0de-7e57-7abc-8def-0123456789ab, digest: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("call toolu_01SozWbqo4W5BEsHYyMSAhwS and srvtoolu_01GLCxYenTCdXUttiZj6Z14k")]
    [InlineData("src/Components/UserProfileSettings/AccountPreferencesDialogV2Container3")]
    [InlineData("AbstractSingletonProxyFactoryBeanConfigurationManagerAdapter2Factory")]
    [InlineData("The_daemon_is_killed_in_the_middle_of_10_000_events_and_nothing_is_lost")]
    public void What_only_looks_like_a_secret_is_left_alone(string text) => Assert.Same(text, _redactor.Redact(text));

    [Theory]
    [InlineData("a <private>b</private> c", "a [private] c")]
    [InlineData("a <PRIVATE>b</Private > c", "a [private] c")]
    [InlineData("a <private reason=\"x\">b\r\nc</private>d", "a [private]d")]
    [InlineData("a <private>b <private>c</private> d</private> e", "a [private] e")]
    [InlineData("a <private>b", "a [private]")]
    [InlineData("a <private>b <private>c</private> d", "a [private]")]
    [InlineData("<private>a</private><private>b</private>", "[private][private]")]
    [InlineData("<no-memory>a</no-memory> b <No_Memory>c</no_memory>", "[private] b [private]")]
    [InlineData("<no-memory>a <private>b</no-memory>c", "[private]c")]
    [InlineData("<private>a</no-memory>b</private>c", "[private]c")]
    [InlineData("password=\"<private>a\"b</private>c", "password=\"[private]c")]
    [InlineData("a <private/> b <privateer>c</privateer> d", "a <private/> b <privateer>c</privateer> d")]
    [InlineData("a <private b <private>c</private> d", "a <private b [private] d")]
    [InlineData("a </private> b", "a </private> b")]
    public void What_stands_between_private_tags_is_gone(string text, string expected) => Assert.Equal(expected, _redactor.Redact(text));

    [Theory]
    [InlineData("a <cairn-memory id=\"1\">b</cairn-memory> c", "a  c")]
    [InlineData("a <CAIRN-memory>b<cairn-memory>c</cairn-memory></cairn-memory>d", "a d")]
    [InlineData("a <cairn-memory nonce='x'>b", "a ")]
    public void What_Cairn_injected_is_taken_out(string text, string expected) => Assert.Equal(expected, _redactor.StripInjected(text));

    [Fact]
    public void Text_without_injected_parts_comes_back_as_the_same_instance()
    {
        var text = "cairn-memory is <b>bold</b>";
        Assert.Same(text, _redactor.StripInjected(text));
    }

    [Theory]
    [MemberData(nameof(PlantedSecrets.All), MemberType = typeof(PlantedSecrets))]
    [SuppressMessage("Usage", "xUnit1026", Justification = "The name tells the rows apart.")]
    public void Redacting_twice_changes_nothing(string name, string text, string secret)
    {
        var once = _redactor.Redact(text + "\n" + secret + "\n" + text);
        Assert.Same(once, _redactor.Redact(once));
    }

    [Fact]
    public void Clean_text_costs_no_memory()
    {
        var text = string.Concat(Enumerable.Repeat("if (token == null) { throw new TokenException(nameof(authority)); } // secret?\n", 40));
        _redactor.Redact(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _redactor.Redact(text);
        _redactor.StripInjected(text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("password")]
    [InlineData("Passwd")]
    [InlineData("userPassword")]
    [InlineData("DB_PASS")]
    [InlineData("dbpassword")]
    [InlineData("secret")]
    [InlineData("clientSecret")]
    [InlineData("client-secret")]
    [InlineData("token")]
    [InlineData("accessToken")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("apikey")]
    [InlineData("APIKey")]
    [InlineData("api_key")]
    [InlineData("X-Api-Key")]
    [InlineData("aws_secret_access_key")]
    [InlineData("privateKey")]
    [InlineData("credentials")]
    [InlineData("auth")]
    [InlineData("Authorization")]
    [InlineData("Set-Cookie")]
    public void A_name_that_names_a_secret_is_known(string name) => Assert.True(Redactor.IsSecretKey(name));

    [Theory]
    [InlineData("")]
    [InlineData("key")]
    [InlineData("publicKey")]
    [InlineData("tokens")]
    [InlineData("token_count")]
    [InlineData("max_tokens")]
    [InlineData("tokenizer")]
    [InlineData("author")]
    [InlineData("authority")]
    [InlineData("nextPageToken")]
    [InlineData("access_key_id")]
    [InlineData("passwordFile")]
    [InlineData("is_secret")]
    [InlineData("secretary")]
    [InlineData("keyboard")]
    [InlineData("monkey")]
    [InlineData("tests_pass")]
    [InlineData("compass")]
    public void A_name_that_names_none_is_not(string name) => Assert.False(Redactor.IsSecretKey(name));
}
