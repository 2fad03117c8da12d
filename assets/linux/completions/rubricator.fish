# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_rubricator_global_optspecs
    string join \n sample h/help V/version
end

function __fish_rubricator_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_rubricator_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_rubricator_using_subcommand
    set -l cmd (__fish_rubricator_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c rubricator -n "__fish_rubricator_needs_command" -l sample -d 'Open the window on a sample article'
complete -c rubricator -n "__fish_rubricator_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rubricator -n "__fish_rubricator_needs_command" -s V -l version -d 'Print version'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "suggest" -d 'Show what the engine suggests for articles'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "export" -d 'Write a project, or suggestions for articles, in another format'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "import" -d 'Take annotations of this and other tools into a project'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "register" -d 'Show the happenings of a project, one a row, however many articles tell of each'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "picture" -d 'Write a view of the whole project as a picture, or its data: dossier, timeline, map, network, numbers'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "compare" -d 'Show where annotators of the same articles differ, and how far they agree'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "check" -d 'Say whether a project file is whole, line by line where it is not, and save what can be understood'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "evaluate" -d 'Measure the engine against articles that you have marked: how far can it be trusted?'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "formats" -d 'List the formats that `export` writes and `import` reads'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "read-articles" -d 'Read a file on standard input as articles'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "demo" -d 'Show the suggestions for a sample article and write them as a web page and as JSON'
complete -c rubricator -n "__fish_rubricator_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l layers -d 'With --jsonl: which layers of spans to write' -r -f -a "main\t'People, countries and events'
all\t'Other places, nationalities and groups, and organisations as well'"
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l resume -d 'With --jsonl: write the answers into this file, and where it holds answers from a run that was ended, go on behind them. The input must be the same' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l memory -d 'Use what the decisions in this project have taught: words that were rejected or tagged in two articles, and its own kinds. With --jsonl own kinds are spans labelled by the kind\'s name in the project file' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l columns -d 'Of articles in tables: which columns, or keys of JSON objects, hold what, such as `text=body,title=headline`; the rest is guessed from their names' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l split-at -d 'Split each article where this regular expression matches: a match begins an article, `^` is the beginning of a line. Matches without letters or digits, such as lines of hyphens, are left out' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l jsonl -d 'Answer lines {"id","text","date"?} on standard input with one line of JSON each'
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l flush -d 'With --jsonl: hand each answer on as soon as it and those before it are there, not when all lines that waited with it are answered'
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l across -d 'With --jsonl: read all lines before any is answered, and give people, countries, places, organisations and events of different lines the same number as "across" where they are one'
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l everything -d 'Show the events in the background too: what happened, but would not be kept'
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -l inside-names -d 'Mark countries inside other names too: "Bank of China", "South China Sea"'
complete -c rubricator -n "__fish_rubricator_using_subcommand suggest" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l format -d 'The format to write' -r -f -a "html\t''
csv\t''
tsv\t''
people\t''
countries\t''
events\t''
register\t''
register-tsv\t''
crosswalk\t''
crosswalk-tsv\t''
tables\t''
tables-tsv\t''
polecat\t''
timelinejs\t''
geojson\t''
graphml\t''
gexf\t''
json\t''
jsonl\t''
spacy\t''
conll\t''
conll-iob1\t''
brat\t''
doccano\t''
doccano-relations\t''
label-studio\t''
webanno\t''
cas-xmi\t''
cas-json\t''
tei\t''
w3c\t''
ninjs\t''"
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l out -d 'The file to write, or the folder for a format of several files; `-` for standard output' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l status -d 'Which tags of a project to write: what was accepted, open suggestions, or both' -r -f -a "accepted\t'What was accepted or made by hand'
suggested\t'What nobody has decided on'
all\t'Both; what was rejected never goes out'"
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l article -d 'Only this article of a project, by its id (`a3`) or its title; may be given again' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l kinds -d 'Only mentions of these kinds, such as `person,country`' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l by -d 'Of what was accepted in a project only what this annotator decided' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l columns -d 'Of articles in tables: which columns, or keys of JSON objects, hold what, such as `text=body,title=headline`; the rest is guessed from their names' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l split-at -d 'Split each article where this regular expression matches: a match begins an article, `^` is the beginning of a line. Matches without letters or digits, such as lines of hyphens, are left out' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l suggestions -d 'Write a project\'s open suggestions too, not only what was accepted'
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l per-article -d 'Write each article by itself, into the folder that `--out` names'
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l complete -d 'Only rows of events that have an actor, a recipient and a date; of `polecat`'
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l happenings -d 'One row per happening, however many articles tell of it; of `polecat`'
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l checks -d 'Of a project, also write how often suggestions were right, by those that were drawn by chance; of `json`'
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -l inside-names -d 'Of articles: mark countries inside other names too: "Bank of China", "South China Sea"'
complete -c rubricator -n "__fish_rubricator_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rubricator -n "__fish_rubricator_using_subcommand import" -l format -d 'The format; where it is not given it is told by what the files end in and how they begin' -r -f -a "json\t''
brat\t''
conll\t''
tei\t''
cas-xmi\t''
cas-json\t''
webanno\t''
spacy\t''
doccano\t''
label-studio\t''
w3c\t''"
complete -c rubricator -n "__fish_rubricator_using_subcommand import" -l out -d 'The project (.rubric) to import into; made where it is not there' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand import" -l annotator -d 'Who is noted to have accepted what the files do not say it of' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand import" -l kind -d 'Take tags of one of their kinds as tags of one of the project\'s, such as `SHIP=ship`; with nothing behind the sign they stay out. May be given again. Kinds that are called the same are one without it' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand import" -l dry-run -d 'Only say what would be taken in, and as which kinds; nothing is written'
complete -c rubricator -n "__fish_rubricator_using_subcommand import" -s h -l help -d 'Print help'
complete -c rubricator -n "__fish_rubricator_using_subcommand register" -l format -d 'With commas or with tabs between the columns' -r -f -a "csv\t'Commas'
tsv\t'Tabs'"
complete -c rubricator -n "__fish_rubricator_using_subcommand register" -s o -l out -d 'The file to write; standard output where none is given' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand register" -l take -d 'Take in a crosswalk: record in the project what it says of its events, and save the project. Nothing else is written' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand register" -l annotator -d 'Who is recorded as having said what the crosswalk says' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand register" -l crosswalk -d 'Write which event of which article tells of which happening, an event a row'
complete -c rubricator -n "__fish_rubricator_using_subcommand register" -l accepted -d 'Only events that were accepted, no open suggestions'
complete -c rubricator -n "__fish_rubricator_using_subcommand register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rubricator -n "__fish_rubricator_using_subcommand picture" -l out -d 'The file to write: `.svg` or `.png` for the picture, `.csv` for its data, `.html` for a dossier with all of its sentences' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand picture" -l name -d 'Whose dossier: a name as the project has it, or another that it goes by; without it that of whoever is named most' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand picture" -l width -d 'How wide the picture is, in points; a PNG has two pixels a point' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand picture" -l height -d 'How high the picture is at least' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand picture" -l accepted -d 'Leave out what is only suggested'
complete -c rubricator -n "__fish_rubricator_using_subcommand picture" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l into -d 'Write a new project with all that all annotators agree on, in which the window settles the rest' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l tokens -d 'Write the kinds that each annotator gave each token into this file (CSV), to compute the measures again' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l html -d 'Write a report with charts into this file (HTML), for an appendix or a meeting' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l csv -d 'Write all measures, differences and articles into this file as rows (CSV)' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l suggestions -d 'Count open suggestions too, as if they were accepted'
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l engine -d 'Have the engine be one of the annotators, as “Engine”: with what it suggests for the articles of the first'
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l blind -d 'Call the annotators A, B, C… instead of by their files\' names'
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l gamma -d 'Compute γ too (Mathet et al. 2015). It takes some milliseconds an article'
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -l json -d 'Write JSON'
complete -c rubricator -n "__fish_rubricator_using_subcommand compare" -s h -l help -d 'Print help'
complete -c rubricator -n "__fish_rubricator_using_subcommand check" -l out -d 'Write what can be understood of it to another file' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand check" -s h -l help -d 'Print help'
complete -c rubricator -n "__fish_rubricator_using_subcommand evaluate" -l answers -d 'Compare these answers, lines as `suggest --jsonl` writes them, instead of running the engine' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand evaluate" -l as-own -d 'Learn these labels anew, as if the engine did not know them' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand evaluate" -l inside-names -d 'Mark countries inside other names too: "Bank of China", "South China Sea"'
complete -c rubricator -n "__fish_rubricator_using_subcommand evaluate" -l learn -d 'Go through the articles in order and learn from each what is marked, before suggesting for the next: shows whether learning pays. With --json a line for each article and label'
complete -c rubricator -n "__fish_rubricator_using_subcommand evaluate" -l bins -d 'Show how the scores of each label are spread, and how many are right in each part'
complete -c rubricator -n "__fish_rubricator_using_subcommand evaluate" -l json -d 'Write JSON'
complete -c rubricator -n "__fish_rubricator_using_subcommand evaluate" -s h -l help -d 'Print help'
complete -c rubricator -n "__fish_rubricator_using_subcommand formats" -s h -l help -d 'Print help'
complete -c rubricator -n "__fish_rubricator_using_subcommand read-articles" -l name -d 'What the file is called' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand read-articles" -l columns -d 'Which columns hold what, as JSON' -r
complete -c rubricator -n "__fish_rubricator_using_subcommand read-articles" -s h -l help -d 'Print help'
complete -c rubricator -n "__fish_rubricator_using_subcommand demo" -l out -d 'The folder to write into; made where it is missing' -r -F
complete -c rubricator -n "__fish_rubricator_using_subcommand demo" -s h -l help -d 'Print help'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "suggest" -d 'Show what the engine suggests for articles'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "export" -d 'Write a project, or suggestions for articles, in another format'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "import" -d 'Take annotations of this and other tools into a project'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "register" -d 'Show the happenings of a project, one a row, however many articles tell of each'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "picture" -d 'Write a view of the whole project as a picture, or its data: dossier, timeline, map, network, numbers'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "compare" -d 'Show where annotators of the same articles differ, and how far they agree'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "check" -d 'Say whether a project file is whole, line by line where it is not, and save what can be understood'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "evaluate" -d 'Measure the engine against articles that you have marked: how far can it be trusted?'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "formats" -d 'List the formats that `export` writes and `import` reads'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "read-articles" -d 'Read a file on standard input as articles'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "demo" -d 'Show the suggestions for a sample article and write them as a web page and as JSON'
complete -c rubricator -n "__fish_rubricator_using_subcommand help; and not __fish_seen_subcommand_from suggest export import register picture compare check evaluate formats read-articles demo help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
