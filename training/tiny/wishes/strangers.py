"""Everyday nouns that the world does not know, in English and German: they are copied into the prompt."""

from __future__ import annotations

from training.tiny.wishes.lexicon import German

_ROWS = """
dragon m Drache,owl f Eule,horse n Pferd,cow f Kuh,sheep n Schaf,pig n Schwein,duck f Ente,goose f Gans
frog m Frosch,bear m Bär,lion m Löwe,tiger m Tiger,elephant m Elefant,giraffe f Giraffe,monkey m Affe
rabbit m Hase,hedgehog m Igel,squirrel n Eichhörnchen,mouse f Maus,snake f Schlange,turtle f Schildkröte
whale m Wal,dolphin m Delfin,shark m Hai,octopus m Oktopus,crab f Krabbe,penguin m Pinguin,parrot m Papagei
eagle m Adler,swan m Schwan,butterfly m Schmetterling,bee f Biene,spider f Spinne,snail f Schnecke
unicorn n Einhorn,ghost m Geist,witch f Hexe,wizard m Zauberer,knight m Ritter,princess f Prinzessin
king m König,queen f Königin,pirate m Pirat
mermaid f Meerjungfrau,astronaut m Astronaut,dinosaur m Dinosaurier
monster n Monster,alien m Außerirdischer,vampire m Vampir
fairy f Fee,snowman m Schneemann,scarecrow f Vogelscheuche
chair m Stuhl,table m Tisch,bed n Bett,bench f Bank,sofa n Sofa,shelf n Regal,clock f Uhr,mirror m Spiegel
book n Buch,cup f Tasse,bottle f Flasche,plate m Teller,spoon m Löffel,knife n Messer,teapot f Teekanne
bicycle n Fahrrad,motorbike n Motorrad,train m Zug
tram f Straßenbahn,bus m Bus,tractor m Traktor,plane n Flugzeug
helicopter m Hubschrauber,submarine n U-Boot,canoe n Kanu
sledge m Schlitten,skateboard n Skateboard,scooter m Roller
bridge f Brücke,tower m Turm,windmill f Windmühle,lighthouse m Leuchtturm,church f Kirche,fountain m Brunnen
fence m Zaun,gate n Tor,ladder f Leiter,tent n Zelt,campfire n Lagerfeuer,statue f Statue,pyramid f Pyramide
apple m Apfel,pear f Birne,banana f Banane
cherry f Kirsche,strawberry f Erdbeere,pumpkin m Kürbis,carrot f Karotte
pizza f Pizza,cake m Kuchen,sandwich n Sandwich,bread n Brot
egg n Ei,cheese m Käse,cookie m Keks,donut m Donut
guitar f Gitarre,piano n Klavier,violin f Geige,drum f Trommel,trumpet f Trompete,flute f Flöte,harp f Harfe
hat m Hut,umbrella m Regenschirm,shoe m Schuh
backpack m Rucksack,crown f Krone,sword n Schwert,shield m Schild
kite m Drachen,ball m Ball,doll f Puppe,teddy m Teddy
candle f Kerze,key m Schlüssel,anchor m Anker,barrel n Fass
cactus m Kaktus,palm f Palme,bush m Busch,fern m Farn,volcano m Vulkan,waterfall m Wasserfall,cave f Höhle
rainbow m Regenbogen,cloud f Wolke,comet m Komet,planet m Planet,telescope n Teleskop,camera f Kamera
computer m Computer,phone n Telefon,radio n Radio,television m Fernseher,typewriter f Schreibmaschine
wheelbarrow f Schubkarre,shovel f Schaufel,hammer m Hammer
bucket m Eimer,basket m Korb,letterbox m Briefkasten
"""
STRANGERS: tuple[tuple[str, German], ...] = tuple(
    (english, German(german, gender, german))
    for line in _ROWS.strip().splitlines()
    for english, gender, german in (row.split(" ", 2) for row in line.split(","))
)
"""(English, German) of single things; the plural is not used."""
