"""Everyday nouns that the world does not know, in English and German: they are copied into the prompt.

A row is the English noun (`_` is a blank), the German gender (m, f, n, or w for a weak masculine: "der Affe",
"den Affen"), noun and plural. No German noun stands for two English ones, and none sounds like a known thing.
"""

from __future__ import annotations

from training.tiny.wishes.lexicon import German

_ROWS = """
# animals
dragon w Drache Drachen,owl f Eule Eulen,horse n Pferd Pferde,pony n Pony Ponys,donkey m Esel Esel
cow f Kuh Kühe,bull m Stier Stiere,calf n Kalb Kälber,sheep n Schaf Schafe,lamb n Lamm Lämmer
goat f Ziege Ziegen,pig n Schwein Schweine,piglet n Ferkel Ferkel,chicken n Huhn Hühner,hen f Henne Hennen
rooster m Hahn Hähne,chick n Küken Küken,turkey m Truthahn Truthähne,duck f Ente Enten,goose f Gans Gänse
swan m Schwan Schwäne,frog m Frosch Frösche,toad f Kröte Kröten,lizard f Eidechse Eidechsen
chameleon n Chamäleon Chamäleons,crocodile n Krokodil Krokodile,snake f Schlange Schlangen
turtle f Schildkröte Schildkröten,bear w Bär Bären,polar_bear w Eisbär Eisbären,panda m Panda Pandas
koala m Koala Koalas,lion w Löwe Löwen,tiger m Tiger Tiger,leopard w Leopard Leoparden
elephant w Elefant Elefanten,giraffe f Giraffe Giraffen,zebra n Zebra Zebras,hippo n Nilpferd Nilpferde
rhino n Nashorn Nashörner,monkey w Affe Affen,gorilla m Gorilla Gorillas,sloth n Faultier Faultiere
camel n Kamel Kamele,llama n Lama Lamas,alpaca n Alpaka Alpakas,kangaroo n Känguru Kängurus
rabbit w Hase Hasen,rabbit n Kaninchen Kaninchen,guinea_pig n Meerschweinchen Meerschweinchen
hamster m Hamster Hamster,hedgehog m Igel Igel,squirrel n Eichhörnchen Eichhörnchen,beaver m Biber Biber
badger m Dachs Dachse,otter m Otter Otter,raccoon w Waschbär Waschbären,mole m Maulwurf Maulwürfe
rat f Ratte Ratten,mouse f Maus Mäuse,deer n Reh Rehe,stag m Hirsch Hirsche,moose m Elch Elche
reindeer n Rentier Rentiere,wild_boar n Wildschwein Wildschweine,lynx m Luchs Luchse
bat f Fledermaus Fledermäuse,whale m Wal Wale,dolphin m Delfin Delfine,shark m Hai Haie,seal f Robbe Robben
walrus n Walross Walrosse,fish m Fisch Fische,goldfish m Goldfisch Goldfische,jellyfish f Qualle Quallen
octopus m Oktopus Oktopusse,squid m Tintenfisch Tintenfische,crab f Krabbe Krabben,lobster m Hummer Hummer
starfish m Seestern Seesterne,seahorse n Seepferdchen Seepferdchen,shell f Muschel Muscheln
penguin m Pinguin Pinguine,parrot m Papagei Papageien,bird m Vogel Vögel,eagle m Adler Adler
raven w Rabe Raben,crow f Krähe Krähen,magpie f Elster Elstern,pigeon f Taube Tauben,sparrow m Spatz Spatzen
woodpecker m Specht Spechte,stork m Storch Störche,flamingo m Flamingo Flamingos,peacock m Pfau Pfauen
seagull f Möwe Möwen,ostrich m Strauß Strauße,butterfly m Schmetterling Schmetterlinge,moth f Motte Motten
bee f Biene Bienen,bumblebee f Hummel Hummeln,wasp f Wespe Wespen,fly f Fliege Fliegen
ladybug m Marienkäfer Marienkäfer,beetle m Käfer Käfer,ant f Ameise Ameisen,dragonfly f Libelle Libellen
grasshopper m Grashüpfer Grashüpfer,caterpillar f Raupe Raupen,worm m Wurm Würmer,spider f Spinne Spinnen
snail f Schnecke Schnecken,scorpion m Skorpion Skorpione,dinosaur m Dinosaurier Dinosaurier
dino m Dino Dinos,mammoth n Mammut Mammuts
# people and beings
unicorn n Einhorn Einhörner,ghost m Geist Geister,ghost n Gespenst Gespenster,witch f Hexe Hexen
wizard m Zauberer Zauberer,knight m Ritter Ritter,prince w Prinz Prinzen,princess f Prinzessin Prinzessinnen
king m König Könige,queen f Königin Königinnen,pirate w Pirat Piraten,ninja m Ninja Ninjas
viking m Wikinger Wikinger,cowboy m Cowboy Cowboys,mermaid f Meerjungfrau Meerjungfrauen
astronaut w Astronaut Astronauten,alien n Alien Aliens,monster n Monster Monster,vampire m Vampir Vampire
zombie m Zombie Zombies,skeleton n Skelett Skelette,mummy f Mumie Mumien,werewolf m Werwolf Werwölfe
giant w Riese Riesen,dwarf m Zwerg Zwerge,gnome m Gnom Gnome,troll m Troll Trolle,goblin m Kobold Kobolde
elf m Elf Elfen,fairy f Fee Feen,angel m Engel Engel,devil m Teufel Teufel,phoenix m Phönix Phönixe
yeti m Yeti Yetis,snowman m Schneemann Schneemänner,scarecrow f Vogelscheuche Vogelscheuchen
man m Mann Männer,woman f Frau Frauen,boy w Junge Jungen,girl n Mädchen Mädchen,child n Kind Kinder
baby n Baby Babys,grandma f Oma Omas,grandpa m Opa Opas,farmer w Bauer Bauern,fisherman m Fischer Fischer
sailor w Matrose Matrosen,captain m Kapitän Kapitäne,gardener m Gärtner Gärtner,cook m Koch Köche
baker m Bäcker Bäcker,doctor m Arzt Ärzte,nurse f Krankenschwester Krankenschwestern
policeman w Polizist Polizisten,fireman m Feuerwehrmann Feuerwehrmänner,painter m Maler Maler
teacher m Lehrer Lehrer,dancer f Tänzerin Tänzerinnen,singer m Sänger Sänger,clown m Clown Clowns
magician m Magier Magier,hunter m Jäger Jäger,diver m Taucher Taucher,soldier w Soldat Soldaten
tourist w Tourist Touristen,santa m Weihnachtsmann Weihnachtsmänner
# furniture and household
chair m Stuhl Stühle,armchair m Sessel Sessel,rocking_chair m Schaukelstuhl Schaukelstühle
stool m Hocker Hocker,table m Tisch Tische,desk m Schreibtisch Schreibtische,bed n Bett Betten
cradle f Wiege Wiegen,bench f Bank Bänke,sofa n Sofa Sofas,shelf n Regal Regale,cupboard m Schrank Schränke
wardrobe m Kleiderschrank Kleiderschränke,drawer f Schublade Schubladen,carpet m Teppich Teppiche
curtain m Vorhang Vorhänge,pillow n Kissen Kissen,blanket f Decke Decken,hammock f Hängematte Hängematten
clock f Uhr Uhren,alarm_clock m Wecker Wecker,mirror m Spiegel Spiegel
picture_frame m Bilderrahmen Bilderrahmen,vase f Vase Vasen,bathtub f Badewanne Badewannen,toilet n Klo Klos
sink n Waschbecken Waschbecken,stove m Herd Herde,oven m Ofen Öfen,fridge m Kühlschrank Kühlschränke
washing_machine f Waschmaschine Waschmaschinen,door f Tür Türen,window n Fenster Fenster
staircase f Treppe Treppen,fireplace m Kamin Kamine,candle f Kerze Kerzen
chandelier m Kronleuchter Kronleuchter,book n Buch Bücher,newspaper f Zeitung Zeitungen
letter m Brief Briefe,cup f Tasse Tassen,mug m Becher Becher,glass n Glas Gläser,jug m Krug Krüge
bottle f Flasche Flaschen,plate m Teller Teller,bowl f Schüssel Schüsseln,spoon m Löffel Löffel
fork f Gabel Gabeln,knife n Messer Messer,pan f Pfanne Pfannen,cauldron m Kessel Kessel
teapot f Teekanne Teekannen,broom m Besen Besen,bucket m Eimer Eimer,basket m Korb Körbe,box f Kiste Kisten
treasure_chest f Schatztruhe Schatztruhen,suitcase m Koffer Koffer,key m Schlüssel Schlüssel
barrel n Fass Fässer
# vehicles
bicycle n Fahrrad Fahrräder,tricycle n Dreirad Dreiräder,motorbike n Motorrad Motorräder,train m Zug Züge
steam_engine f Dampflok Dampfloks,tram f Straßenbahn Straßenbahnen,bus m Bus Busse
tractor m Traktor Traktoren,excavator m Bagger Bagger,bulldozer f Planierraupe Planierraupen
crane m Kran Kräne,tank m Panzer Panzer,ambulance m Krankenwagen Krankenwagen,camper n Wohnmobil Wohnmobile
caravan m Wohnwagen Wohnwagen,carriage f Kutsche Kutschen,plane n Flugzeug Flugzeuge
glider m Segelflieger Segelflieger,helicopter m Hubschrauber Hubschrauber,airship m Zeppelin Zeppeline
parachute m Fallschirm Fallschirme,submarine n U-Boot U-Boote,canoe n Kanu Kanus,kayak m Kajak Kajaks
raft n Floß Flöße,ferry f Fähre Fähren,surfboard n Surfbrett Surfbretter,sledge m Schlitten Schlitten
skateboard n Skateboard Skateboards,scooter m Roller Roller,pram m Kinderwagen Kinderwagen
wheelbarrow f Schubkarre Schubkarren,ufo n Ufo Ufos,satellite w Satellit Satelliten
# buildings and what stands about
bridge f Brücke Brücken,tower m Turm Türme,windmill f Windmühle Windmühlen
lighthouse m Leuchtturm Leuchttürme,church f Kirche Kirchen,chapel f Kapelle Kapellen,cathedral m Dom Dome
mosque f Moschee Moscheen,temple m Tempel Tempel,pagoda f Pagode Pagoden,palace m Palast Paläste
skyscraper m Wolkenkratzer Wolkenkratzer,factory f Fabrik Fabriken,chimney m Schornstein Schornsteine
school f Schule Schulen,museum n Museum Museen,library f Bibliothek Bibliotheken
bakery f Bäckerei Bäckereien,kiosk m Kiosk Kioske,shop m Laden Läden,hotel n Hotel Hotels
hospital n Krankenhaus Krankenhäuser,bus_stop f Bushaltestelle Bushaltestellen,circus m Zirkus Zirkusse
tent n Zelt Zelte,igloo m Iglu Iglus,teepee n Tipi Tipis,ruin f Ruine Ruinen,wall f Mauer Mauern
fence m Zaun Zäune,gate n Tor Tore,pavilion m Pavillon Pavillons,greenhouse n Gewächshaus Gewächshäuser
shed m Schuppen Schuppen,stable m Stall Ställe,doghouse f Hundehütte Hundehütten
birdhouse n Vogelhaus Vogelhäuser,nest n Nest Nester,beehive m Bienenstock Bienenstöcke
fountain m Brunnen Brunnen,statue f Statue Statuen,monument n Denkmal Denkmäler
gravestone m Grabstein Grabsteine,pyramid f Pyramide Pyramiden,obelisk w Obelisk Obelisken
ferris_wheel n Riesenrad Riesenräder,carousel n Karussell Karussells
roller_coaster f Achterbahn Achterbahnen,swing f Schaukel Schaukeln,slide f Rutsche Rutschen
seesaw f Wippe Wippen,sandbox m Sandkasten Sandkästen,trampoline n Trampolin Trampoline,pool m Pool Pools
pier m Steg Stege,ladder f Leiter Leitern,flag f Fahne Fahnen,sign n Schild Schilder
signpost m Wegweiser Wegweiser,traffic_light f Ampel Ampeln,letterbox m Briefkasten Briefkästen
phone_booth f Telefonzelle Telefonzellen,trash_can m Mülleimer Mülleimer,campfire n Lagerfeuer Lagerfeuer
torch f Fackel Fackeln,sundial f Sonnenuhr Sonnenuhren
# plants and the ground
cactus m Kaktus Kakteen,palm f Palme Palmen,bush m Busch Büsche,hedge f Hecke Hecken,fern m Farn Farne
clover n Kleeblatt Kleeblätter,leaf n Blatt Blätter,branch m Ast Äste,log m Baumstamm Baumstämme
stump m Baumstumpf Baumstümpfe,bamboo m Bambus Bambusse,birch f Birke Birken,maple m Ahorn Ahorne
lily f Lilie Lilien,orchid f Orchidee Orchideen,poppy f Mohnblume Mohnblumen
dandelion m Löwenzahn Löwenzähne,thistle f Distel Disteln,acorn f Eichel Eicheln
pinecone m Tannenzapfen Tannenzapfen,volcano m Vulkan Vulkane,waterfall m Wasserfall Wasserfälle
cave f Höhle Höhlen,rock w Fels Felsen,pebble m Kieselstein Kieselsteine,crystal m Kristall Kristalle
island f Insel Inseln,iceberg m Eisberg Eisberge,pond m Teich Teiche,river m Fluss Flüsse
stream m Bach Bäche,puddle f Pfütze Pfützen,haystack m Heuhaufen Heuhaufen,rainbow m Regenbogen Regenbögen
cloud f Wolke Wolken,comet w Komet Kometen,planet w Planet Planeten,meteor m Meteor Meteore
# food
apple m Apfel Äpfel,pear f Birne Birnen,banana f Banane Bananen,cherry f Kirsche Kirschen
strawberry f Erdbeere Erdbeeren,raspberry f Himbeere Himbeeren,plum f Pflaume Pflaumen
peach m Pfirsich Pfirsiche,lemon f Zitrone Zitronen,pineapple f Ananas Ananas,coconut f Kokosnuss Kokosnüsse
melon f Melone Melonen,grape f Traube Trauben,avocado f Avocado Avocados,pumpkin m Kürbis Kürbisse
carrot f Karotte Karotten,tomato f Tomate Tomaten,potato f Kartoffel Kartoffeln,onion f Zwiebel Zwiebeln
cucumber f Gurke Gurken,pepper f Paprika Paprikas,pizza f Pizza Pizzen,burger m Burger Burger
sausage f Wurst Würste,sandwich n Sandwich Sandwiches,bread n Brot Brote,pretzel f Brezel Brezeln
croissant n Croissant Croissants,egg n Ei Eier,cheese m Käse Käse,soup f Suppe Suppen
pancake m Pfannkuchen Pfannkuchen,waffle f Waffel Waffeln,cake m Kuchen Kuchen
birthday_cake f Geburtstagstorte Geburtstagstorten,cupcake m Cupcake Cupcakes,muffin m Muffin Muffins
cookie m Keks Kekse,donut m Donut Donuts,lollipop m Lutscher Lutscher,candy n Bonbon Bonbons
ice_cream n Eis Eis
# toys, music, sports
teddy m Teddy Teddys,doll f Puppe Puppen,puppet f Marionette Marionetten,ball m Ball Bälle
football m Fußball Fußbälle,spinning_top m Kreisel Kreisel,rocking_horse n Schaukelpferd Schaukelpferde
dice m Würfel Würfel,puzzle n Puzzle Puzzles,kite m Flugdrachen Flugdrachen,yoyo n Jo-Jo Jo-Jos
rubber_duck f Quietscheente Quietscheenten,bow m Bogen Bögen,arrow m Pfeil Pfeile,trophy m Pokal Pokale
medal f Medaille Medaillen,guitar f Gitarre Gitarren,piano n Klavier Klaviere,violin f Geige Geigen
cello n Cello Cellos,accordion n Akkordeon Akkordeons,drum f Trommel Trommeln,trumpet f Trompete Trompeten
saxophone n Saxofon Saxofone,flute f Flöte Flöten,harp f Harfe Harfen,bell f Glocke Glocken
microphone n Mikrofon Mikrofone
# clothes, tools, devices
hat m Hut Hüte,cap f Mütze Mützen,helmet m Helm Helme,crown f Krone Kronen,mask f Maske Masken
scarf m Schal Schals,glove m Handschuh Handschuhe,sock f Socke Socken,shoe m Schuh Schuhe
boot m Stiefel Stiefel,dress n Kleid Kleider,jacket f Jacke Jacken,umbrella m Regenschirm Regenschirme
parasol m Sonnenschirm Sonnenschirme,backpack m Rucksack Rucksäcke,handbag f Handtasche Handtaschen
ring m Ring Ringe,necklace f Halskette Halsketten,diamond w Diamant Diamanten,coin f Münze Münzen
sword n Schwert Schwerter,shield m Schutzschild Schutzschilde,axe f Axt Äxte,hammer m Hammer Hämmer
saw f Säge Sägen,shovel f Schaufel Schaufeln,rake m Rechen Rechen,rope n Seil Seile,chain f Kette Ketten
anchor m Anker Anker,wheel n Rad Räder,magnet m Magnet Magnete,compass m Kompass Kompasse
map f Landkarte Landkarten,globe m Globus Globusse,hourglass f Sanduhr Sanduhren
telescope n Teleskop Teleskope,camera f Kamera Kameras,computer m Computer Computer,laptop m Laptop Laptops
phone n Telefon Telefone,phone n Handy Handys,radio n Radio Radios,television m Fernseher Fernseher
typewriter f Schreibmaschine Schreibmaschinen,drone f Drohne Drohnen,present n Geschenk Geschenke
brush m Pinsel Pinsel,pencil m Bleistift Bleistifte,feather f Feder Federn,heart n Herz Herzen
"""


def _german(gender: str, noun: str, plural: str) -> German:
    return German(noun, gender.replace("w", "m"), plural, weak=gender == "w")


STRANGERS: tuple[tuple[str, German], ...] = tuple(
    (english.replace("_", " "), _german(gender, noun, plural))
    for line in _ROWS.strip().splitlines()
    if not line.startswith("#")
    for english, gender, noun, plural in (row.split(" ") for row in line.split(","))
)
"""(English, German) of single things."""
