"""The parts of the Web Annotation Data Model and its vocabulary that our files use."""

from rdflib import Namespace

from case import need

OA = Namespace("http://www.w3.org/ns/oa#")
ADDRESS = "http://www.w3.org/ns/anno.jsonld"

IRI = {"@type": "@id"}
TIME = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
COUNT = {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}
NAME = {"@type": "@vocab"}

# Replaces the published context, which would be fetched from the network.
CONTEXT = {
    "oa": str(OA),
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    **{
        name: f"oa:{name}"
        for name in "Annotation TextualBody SpecificResource TextQuoteSelector TextPositionSelector "
        "tagging commenting linking classifying identifying describing exact prefix suffix".split()
    },
    "AnnotationPage": "as:OrderedCollectionPage",
    "AnnotationCollection": "as:OrderedCollection",
    "Person": "foaf:Person",
    "Software": "as:Application",
    "body": {"@id": "oa:hasBody", **IRI},
    "target": {"@id": "oa:hasTarget", **IRI},
    "source": {"@id": "oa:hasSource", **IRI},
    "selector": {"@id": "oa:hasSelector", **IRI},
    "motivation": {"@id": "oa:motivatedBy", **NAME},
    "purpose": {"@id": "oa:hasPurpose", **NAME},
    "start": {"@id": "oa:start", **COUNT},
    "end": {"@id": "oa:end", **COUNT},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "created": {"@id": "dcterms:created", **TIME},
    "modified": {"@id": "dcterms:modified", **TIME},
    "creator": {"@id": "dcterms:creator", **IRI},
    "generator": {"@id": "as:generator", **IRI},
    "generated": {"@id": "dcterms:issued", **TIME},
    "name": "foaf:name",
    "label": "rdfs:label",
    "partOf": {"@id": "as:partOf", **IRI},
}


def local(record):
    """The record with our copy of the context. Every term must be in our copy of the vocabulary."""
    if isinstance(record, list):
        return [local(item) for item in record]
    if not isinstance(record, dict):
        return record
    need(record.keys() <= CONTEXT.keys(), f"the vocabulary has no {sorted(record.keys() - CONTEXT.keys())}")
    for name in ("type", "motivation", "purpose"):
        need(record.get(name, "oa") in CONTEXT, f"the vocabulary has no {record.get(name)}")
    return {key: local(value) for key, value in record.items()}


def every(required, **properties):
    """The schema of an object with these required keys and these properties."""
    return {"type": "object", "required": required.split(), "properties": properties}


def one_or_more(schema):
    return {"oneOf": [schema, {"type": "array", "minItems": 2, "items": schema}]}


TEXT = {"type": "string"}
AN_IRI = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
PLAIN = {"const": "text/plain"}
BODY = every("type value purpose", type={"const": "TextualBody"}, value=TEXT, format=PLAIN)
QUOTE = every("type exact", type={"const": "TextQuoteSelector"}, exact={"type": "string", "minLength": 1})
OFFSET = {"type": "integer", "minimum": 0}
POSITION = every("type start end", type={"const": "TextPositionSelector"}, start=OFFSET, end=OFFSET)
# Some readers need a quote and some a position, so there must be both.
SELECTORS = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "allOf": [{"contains": QUOTE}, {"contains": POSITION}],
}
MARK = every(
    "id type body target created modified",
    id=AN_IRI,
    type={"const": "Annotation"},
    motivation={"const": "tagging"},
    created=MOMENT,
    modified=MOMENT,
    creator=every("type name", name={"type": "string", "minLength": 1}),
    body={"type": "array", "minItems": 1, "items": BODY},
    target=one_or_more(every("source selector", source=AN_IRI, selector=SELECTORS)),
)
LINK = every(
    "id type body target",
    id=AN_IRI,
    type={"const": "Annotation"},
    motivation={"const": "linking"},
    body={"type": "array", "contains": AN_IRI, "items": {"oneOf": [AN_IRI, BODY]}},
    target=AN_IRI,
)


def page_of(item):
    kind = {"const": "AnnotationPage"}
    items = {"type": "array", "items": item | {"not": {"required": ["bodyValue"]}}}
    page = every("@context id type items", id=AN_IRI, type=kind, items=items)
    page["properties"]["@context"] = {"const": ADDRESS}
    return page


PAGE = page_of(MARK)
RELATION = page_of(LINK)

SHAPES = f"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix oa: <{OA}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
[] a sh:NodeShape ; sh:targetClass oa:Annotation ;
   sh:nodeKind sh:IRI ;
   sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ] ;
   sh:property [ sh:path oa:motivatedBy ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetSubjectsOf oa:hasSelector ;
   sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
   sh:property [ sh:path oa:hasSelector ; sh:minCount 2 ; sh:maxCount 2 ] .
[] a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
   sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:maxCount 1 ; sh:lessThan oa:end ] ;
   sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] .
[] a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
   sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] .
[] a sh:NodeShape ; sh:targetClass oa:TextualBody ;
   sh:property [ sh:path rdf:value ; sh:minCount 1 ; sh:maxCount 1 ] .
"""
