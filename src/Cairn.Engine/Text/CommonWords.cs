using System.Collections.Frozen;

namespace Cairn.Engine.Text;

/// <summary>How much a word says about a subject, from lists of words that people use about any subject.</summary>
internal static class CommonWords
{
    private static readonly FrozenSet<string> Stops = Keys(
        """
        a about above after again against ain all almost already also although always am an and another any anybody anyone
        anything anyway are aren around as ask at away back be because been before being below between both but by came can
        cannot cant come could couldn d did didn didnt do does doesn doesnt doing don done dont down during each eg either
        else ensure enough et etc even ever every everyone everything few first for from further get gets getting give given
        gives giving go goes going gone gonna good got great had hadn has hasn have haven having he hello help her here hers
        herself hey hi him himself his how however i ie if im in instead into is isn isnt it its itself ive just keep kind
        know last later least less let lets like little ll look looking looks lot m made make makes making many may maybe me
        mean might mightn mine more most much must mustn my myself near need needed needs never new next nice no nobody none
        nor not nothing now of off often oh ok okay old on once one only onto or other others otherwise our ours ourselves
        out over own perhaps please possible put quite rather re really right s said same say says second see seem seems
        seen shall shan she should shouldn since so some somebody someone something soon sorry still such sure t take takes
        taking tell than thank thanks that thats the their theirs them themselves then there these they thing things think
        this those though three through thus to together told too took toward try trying two under until up upon us use used
        uses using usually ve very via want wanted wants was wasn way we well went were weren what whats whatever when where
        whether which while who whole whom whose why will with within without won wont would wouldn yeah yes yet you your
        yours yourself
        """);

    // Said in any talk about any program: not one of them tells two pieces of work apart.
    private static readonly FrozenSet<string> Generic = Keys(
        """
        add added adding agent ai answer app application apply approach argument array background better block board boolean
        branch break broken bug build button call callback case change changed check checkout class claude clean clear cli
        code codebase column command comment commit compare compile component config configuration configure console
        constant convert copy correct create crash current custom data database debug default define delete deploy describe
        detail develop developer diff difference directory display doc docs document documentation edit element enable empty
        entry env environment error event example exception exist expect explain export expression extend fail failed
        failing failure feature field file find fix fixed flag folder follow format found framework frontend backend
        function functionality generate generic git github global handle handler handling hook html http idea implement
        implementation import improve include incorrect index info information init input insert install instance interface
        issue item iterate job json key language layer lib library line link list load local log logic login logs loop main
        maintain manage map markdown match memory merge message method minimal missing mode model modify module move name
        node note null number object open operation option order output package page parameter parse part pass path pattern
        performance piece place plan point print problem process program programming project prompt property provide public
        pull push query question quick read record refactor reference release remove rename repeat replace repo repository
        request require resource response rest result return review rewrite root rule run running save schema scope screen
        script search section select send server service session set setting setup show simple single size software
        something source specific standard start state statement status step stop storage store string structure style
        suggest summarize summary support switch syntax system table target task team template term terminal test tested
        testing tests text ticket time title todo tool top track type unit update updated upload url user username validate
        validation value variable verify version view warning web website word work worker working works workflow world wrap
        write writing written wrong yaml zero readme license changelog dependency pipeline lint linter typo cleanup refactoring
        """);

    // Names of tools and languages, and plain words of everyday: two of them together say something.
    private static readonly FrozenSet<string> Everyday = Keys(
        """
        able access account across action active actual address again age ago allow alone along amount api area aspnet async
        automatic available average avoid aws azure bad bar base basic bash batch begin behavior behaviour best big bit
        black blue body book bottom box brief bring browser business buy byte cache care cause center certain chain chance
        character chart child choose city click client close cloud collect color colour common company complete complex
        computer concept condition connect consider contain content context continue control cost count couple course cover
        cpp cpu crud csharp css csv culture customer cycle daily dark date day deal decide deep depend design desktop device
        different digit direct disable discuss disk distribute docker domain double download draft draw drive drop dry
        duplicate dynamic early easy effect email end engine english enter equal evaluate evening exact execute expensive
        expected expert express expressjs extra extract face fact fall family fast feel figure fill filter final fine finish
        fit flat flow focus food force form forward frame free frequent fresh friend front full future game general golang
        graph green grid group grow guess guide half hand handy happen happy hard hash head header heading heavy height hide
        high hit hold home host hot hour house huge human icon identify image impact important increase individual initial
        inner inside internal internet into invalid java javascript join js keyboard kill kotlin label large late latest
        layout lead learn leave left length let level life light limit linear linux live location long longer loose lose low
        mac machine mail major man manual margin mark market mass maximum measure mechanism media medium meet member menu
        method middle minimum minor minute mix mobile modal modern money monitor month morning mouse mysql native natural
        navigate negative nest network news nextjs night nodejs normal notice npm nuget obvious offer office online operate
        optimal optimize original outer outside overview pack pad pair panel paper paragraph parallel parent particular past
        paste people percent perfect period person phone php physical pick picture pip plain play plot policy poor pop
        popular position positive post postgres postgresql power powershell practice prefer prepare present press pretty
        prevent previous price principle priority private product production professional profile proper protect proxy
        python quality queue raise random range rate reach react ready real reason receive recent recommend red redis reduce
        regex region register regular relate relevant reliable rely remain remember remote render report represent reset
        resolve respect responsive retrieve return reuse role room row ruby rust safe sample scale scan schedule security
        self sense separate sequence series serious serve share shell shift ship short shot side sign similar site situation
        skip slow small smart social solution solve sort sound space special speed split spring sql sqlite square stack
        stage stand static stay stick straight stream street strict strong student study stuff submit success suite sum swift
        symbol tab tag talk taste teach technical technique text theme theory thread throw thumb tip token topic total touch
        traffic train transfer transform tree trick trigger true false trust turn tutorial txt typescript ubuntu ui unique
        unix upgrade usage usual valid various vary vertical video visual vscode vue vuejs wait walk wall watch water week
        weight white wide width win window windows woman wonder wood xml year yellow young
        """);

    // The same of pairs of ideographs, and pairs that are only grammar.
    private static readonly FrozenSet<string> GenericPairs = Keys(
        """
        一个 一些 一下 不能 不是 为什 么样 什么 他们 代码 但是 使用 修复 修改 写一 函数 创建 删除 可以 哪个 因为 如何 如果 实现 帮我 帮忙 怎么 怎样
        我们 我想 所以 报错 文件 方法 时候 更新 有没 没有 测试 添加 现在 生成 看看 给我 解释 请问 运行 这个 这些 那个 问题 需要 项目 错误 的代 的函
        的文 的时 的问 です ます する した して なっ なる いる れる られ ない くだ ださ さい この その どう うす こと もの ため コー ード テス スト ファ
        ァイ イル エラ ラー バグ 修正 関数 追加 変更 実装 確認 方法 教え えて 합니 니다 하는 해주 주세 세요 코드 파일 테스 스트 함수 오류 수정 추가
        """);

    // Uncommon words whose endings, once removed, leave a common one.
    private static readonly FrozenSet<string> Uncommon =
        new[] { "locale", "locales", "police", "organic", "universe", "station" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a word that is not searched for: it says nothing.</summary>
    public static bool IsStop(string key) => key.Length == 1 && !char.IsAsciiDigit(key[0]) ? char.IsAsciiLetter(key[0]) : Stops.Contains(key);

    /// <summary>How much a word tells of the subject: 1 for an uncommon one, 0.5 for an everyday one or a bare number, 0 for what is said in any talk about programs.</summary>
    public static double Weight(string word) => WordKey.Of(word) is var key && Uncommon.Contains(word) ? 1 : key switch
    {
        _ when Generic.Contains(key) || GenericPairs.Contains(key) || IsStop(key) => 0,
        _ when Everyday.Contains(key) || !key.AsSpan().ContainsAnyExceptInRange('0', '9') => 0.5,
        _ => 1,
    };

    private static FrozenSet<string> Keys(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(WordKey.Of).ToFrozenSet(StringComparer.Ordinal);
}
