"""Commands, greetings and thanks in Portuguese, as said in Brazil and in Portugal."""

from bot.texts.commands.words import CommandWords

PORTUGUESE = CommandWords(
    undo=(
        "desfazer", "desfaz", "desfaça", "desfaz isso", "desfaça isso", "desfazer a última alteração",
        "desfaz a última alteração", "desfaça a última alteração", "desfaça a última mudança", "voltar",
        "volta", "volte", "voltar atrás", "volta atrás", "um passo atrás", "um passo para trás",
        "volta um passo", "volte um passo", "imagem anterior", "volta à imagem anterior",
        "volte à imagem anterior", "volta para a imagem anterior", "volte para a imagem anterior",
        "volta para a anterior", "volte para a anterior", "como antes", "deixa como estava",
        "deixe como estava", "reverter", "reverte", "reverta",
    ),
    undo_more=(
        "{n} passos atrás", "volta {n} passos", "volte {n} passos", "{n} passos para trás",
        "desfaz {n} vezes", "desfaça {n} vezes", "desfaz x{n}", "desfaz as últimas {n} alterações",
        "desfaça as últimas {n} alterações", "desfazer as últimas {n} alterações",
        "desfaça as últimas {n} mudanças", "volta {n} imagens", "volte {n} imagens",
    ),
    undo_twice=("desfaz os dois", "desfaça os dois", "desfaz ambas", "desfaça as duas"),
    before=(
        "volta para antes de {x}", "volta para antes do {x}", "volta para antes da {x}",
        "volte para antes de {x}", "volte para antes do {x}", "volte para antes da {x}",
        "imagem antes de {x}", "imagem antes do {x}", "imagem antes da {x}", "como antes de {x}",
        "como antes do {x}", "como antes da {x}", "melhor antes de {x}", "melhor antes do {x}",
        "melhor antes da {x}", "preferia antes de {x}", "preferia antes do {x}", "preferia antes da {x}",
        "gostava mais antes de {x}", "gostava mais antes do {x}", "gostava mais antes da {x}",
        "antes do {x} era melhor", "antes da {x} era melhor", "antes do {x} estava melhor",
        "antes da {x} estava melhor",
    ),
    showing=("a imagem com {x}", "a versão com {x}", "a que tinha {x}", "volta ao {x}", "volte ao {x}"),
    around_earlier=(
        "volta", "volte", "voltar", "para", "pra", "a", "à", "ao", "imagem", "era", "estava", "eu",
        "preferia", "gostava", "mais", "logo", "ah", "oh",
    ),
    undo_step=(
        "desfaz {x}", "desfaça {x}", "desfazer {x}", "reverte {x}", "reverta {x}", "esquece {x}",
        "esqueça {x}",
    ),
    articles=("o", "a", "os", "as", "um", "uma", "uns", "umas", "de", "do", "da"),
    happened=(
        "que", "se", "adicionar", "adicionares", "adicionasse", "colocar", "haver", "chegar", "mudança",
        "alteração",
    ),
    lost=("tirar", "tirares", "remover", "removeres", "apagar", "sumir", "desaparecer"),
    may_ask=("pode", "podes", "podemos", "poderia"),
    redo=(
        "refazer", "um passo à frente", "um passo para a frente", "um passo pra frente",
        "avança um passo", "avance um passo",
    ),
    restart=(
        "recomeçar", "recomeça", "recomece", "começar de novo", "começa de novo", "comece de novo",
        "começar do zero", "começa do zero", "comece do zero", "do começo", "do início", "do zero",
        "desde o início", "voltar ao início", "volta ao início", "volte ao início", "voltar ao começo",
        "volta ao começo", "volte ao começo", "volta para o início", "volte para o início",
        "volta à primeira imagem", "volte à primeira imagem", "volta para a primeira imagem",
        "volte para a primeira imagem", "volta ao original", "volte ao original", "reiniciar", "reinicia",
        "reinicie",
    ),
    again=(
        "de novo", "outra vez", "mais uma vez", "novamente", "tentar de novo", "tenta de novo",
        "tente de novo", "tenta outra vez", "tentar novamente", "tente novamente", "faz de novo",
        "faça de novo", "faz outra vez", "outra tentativa", "outra imagem", "gerar de novo", "gera de novo",
        "gere de novo", "gere novamente", "regenerar", "outra semente", "nova semente", "outra seed",
        "nova seed",
    ),
    vary=(
        "variar", "varia", "varie", "varia um pouco", "varie um pouco", "um pouco diferente", "variação",
        "uma variação", "variações", "variante", "uma variante", "variantes", "faz uma variação",
        "faça uma variação", "faz variações", "faça variações", "mostra variações", "mostre variações",
        "me mostra variações", "me mostre variações",
    ),
    remix=("variar muito", "varia muito", "varie muito", "bem diferente", "totalmente diferente"),
    upscale=("aumentar a resolução", "aumenta a resolução", "aumente a resolução"),
    recompose=(
        "manter composição", "manter a composição", "mantém a composição", "mantenha a composição",
    ),
    question=(
        "qual semente", "qual é a semente", "qual seed", "qual a seed", "qual é a seed", "qual modelo",
        "que modelo", "qual é o modelo", "qual prompt", "qual o prompt", "qual é o prompt",
    ),
    ability=(
        "o que você pode fazer", "o que você sabe fazer", "o que você faz", "o que sabes fazer",
        "o que podes fazer", "o que posso dizer", "o que posso fazer", "como funciona",
        "como funciona isso", "ajuda", "me ajuda", "ajude-me",
    ),
    delete=(
        "excluir", "exclua a imagem", "exclua esta imagem", "excluir a imagem", "apagar a imagem",
        "apague a imagem", "apague esta imagem",
    ),
    report=(
        "denuncie esta imagem", "denunciar a imagem", "quero denunciar esta imagem",
    ),
    favourite=(
        "favoritos", "aos favoritos", "adicione aos favoritos", "adicionar aos favoritos",
        "salve a imagem", "salve esta imagem",
    ),
    thread=(
        "novo tópico", "um novo tópico", "abra um novo tópico", "continue em um novo tópico",
    ),
    history=(
        "histórico", "o histórico", "mostre o histórico", "mostre-me o histórico",
        "mostre todas as imagens",
    ),
    choose=(
        "número {n}", "o número {n}", "escolhe {n}", "escolha {n}", "escolhe o número {n}",
        "escolha o número {n}", "a {n}", "escolhe a {n}", "escolha a {n}", "a {nth}", "o {nth}",
        "escolhe a {nth}", "escolha a {nth}", "pega a {nth}", "pegue a {nth}", "quero a {nth}",
        "fico com a {nth}",
    ),
    numbers=("um", "dois", "três", "quatro"),
    # without "quarto": "o quarto" is a room as well
    ordinals=(
        ("primeira", "primeiro", "1ª", "1º"), ("segunda", "segundo", "2ª", "2º"),
        ("terceira", "terceiro", "3ª", "3º"), ("quarta", "4ª", "4º"),
    ),
    then=("e", "mas", "depois"),
    having=("com",),
    because=("porque",),
    reasons=(
        "a", "antes", "assim", "bem", "bonita", "bonito", "clique", "coisa", "de", "desculpa", "desculpe",
        "ela", "ele", "era", "errada", "errado", "erro", "essa", "esse", "estava", "estranha", "estranho",
        "está", "eu", "feia", "feio", "ficou", "foi", "gostava", "gostei", "gosto", "horrível", "isso",
        "isto", "mais", "mal", "melhor", "meu", "minha", "muito", "nada", "não", "o", "ops", "pior",
        "porque", "que", "ruim", "saiu", "tudo", "tão", "um", "uma", "é",
    ),
    sighs=(
        "oh", "ah", "ah não", "ih", "hm", "eita", "ops", "putz", "poxa", "espera", "não espera", "não não",
        "não obrigado", "não obrigada", "sim", "haha", "kkk", "desculpa",
    ),
    refusals=("não", "bom", "na verdade"),
    undo_places=("um passo atrás", "um passo para trás"),
    polite=("por favor", "se faz favor", "faz favor", "pfv", "agora", "então"),
    greetings=(
        "oi", "olá", "bom dia", "boa tarde", "boa noite", "tchau", "até logo", "até amanhã", "e aí",
    ),
    thanks=(
        "obrigado", "obrigada", "muito obrigado", "muito obrigada", "brigado", "brigada", "valeu",
    ),
    to_all=("todos", "todas", "a todos", "a todas", "pessoal", "gente", "galera", "amigos"),
    mood=("mesmo", "de novo", "por tudo", "outra vez", "é isso", "é tudo", "já chega", "está bom assim"),
    praise=(
        "bonito", "bonita", "lindo", "linda", "legal", "perfeito", "incrível", "ótimo", "maravilhoso", "show",
        "fofo", "fofa", "genial", "excelente", "amei", "adorei", "gostei", "massa", "fantástico",
    ),
    around_praise=(
        "oh", "ah", "uau", "nossa", "haha", "que", "é", "está", "isso", "isto", "ficou", "muito", "tão",
        "demais", "mesmo", "eu", "realmente", "bem",
    ),
)  # fmt: skip
