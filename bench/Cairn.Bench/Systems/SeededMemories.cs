using System.Text;
using Cairn.Core;
using Cairn.Core.Hosting;
using Cairn.Core.Projects;
using Cairn.Core.Redaction;
using Cairn.Engine;
using Cairn.Engine.Curate;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cairn.Bench.Systems;

/// <summary>Fills a home with made-up memories whose words are as unevenly common as words are (Zipf, s = 1.05).</summary>
internal sealed class SeededMemories(CairnPaths paths, ProjectIdentity project)
{
    private const int Vocabulary = 50_000;
    private const int Words = 60;

    private readonly double[] _cumulated = Cumulate();

    /// <summary>Adds memories until there are <paramref name="count"/>.</summary>
    public async Task FillAsync(int from, int count, CancellationToken ct)
    {
        using var engine = new CairnEngine(paths, new Redactor(), TimeProvider.System, NullLoggerFactory.Instance);
        foreach (var chunk in Enumerable.Range(from, count - from).Chunk(512))
        {
            await Task.WhenAll(chunk.Select(number => engine.Memories.AddAsync(
                new NewMemory(project, ContentOf(number), Pinned: false, TimeProvider.System.GetUtcNow().AddMinutes(-number % 90_000)), ct)));
        }
    }

    /// <summary>A question in ordinary words, some of them common.</summary>
    public string Question(int number)
    {
        var random = new Random(number * 7919);
        return $"why does the {Word(random)} {Word(random)} fail when {Word(random)} is in the {Word(random)}";
    }

    private MemoryContent ContentOf(int number)
    {
        var random = new Random(number);
        var kinds = MemoryKinds.All;
        return new MemoryContent
        {
            Kind = kinds[random.Next(kinds.Count - 1)],
            Title = $"Fixed {Word(random)} {Word(random)} {Word(random)} {number}",
            Narrative = Sentence(random, Words - 20),
            Facts = [Sentence(random, 10), Sentence(random, 7)],
            FilesModified = [$"src/{Word(random)}/{Word(random)}.cs"],
            Source = "commit",
            Confidence = MemoryConfidence.High,
        };
    }

    private string Sentence(Random random, int words)
    {
        var text = new StringBuilder();
        for (var word = 0; word < words; word++)
        {
            text.Append(Word(random)).Append(word == words - 1 ? '.' : ' ');
        }

        return text.ToString();
    }

    private string Word(Random random)
    {
        var place = Array.BinarySearch(_cumulated, random.NextDouble() * _cumulated[^1]);
        var rank = place < 0 ? ~place : place;
        string[] syllables = ["ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "sha"];
        var word = new StringBuilder();
        for (rank += 16; rank > 0; rank /= 16)
        {
            word.Append(syllables[rank % 16]);
        }

        return word.ToString();
    }

    private static double[] Cumulate()
    {
        var sum = 0.0;
        return [.. Enumerable.Range(1, Vocabulary).Select(rank => sum += 1 / Math.Pow(rank, 1.05))];
    }
}
