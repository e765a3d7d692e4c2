namespace Cairn.EndToEnd.Tests;
