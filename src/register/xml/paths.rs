//! Which elements of a format hold what, as a tree that is walked down with the elements of a file.

use crate::register::reader::Mapped;

/// What an element is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    // Elements that hold others.
    /// A mark that is whole at its end.
    Record,
    /// A mark of which more may follow, until the next one or the end of its [`Field::Unit`].
    OpenRecord,
    /// What stands around open records.
    Unit,
    /// A class with its goods.
    Class,
    /// An applicant.
    Applicant,
    /// A holder, who stands before applicants.
    Holder,
    /// A statement: a code, and the text that it names.
    Statement,
    // Elements of a record that come once; of several the first that says something stands.
    Office,
    Number,
    RegistrationNumber,
    Kind,
    DrawingCode,
    MarkType,
    Status,
    StatusText,
    FiledOn,
    RegisteredOn,
    ExpiresOn,
    TradeFlag,
    ServiceFlag,
    CollectiveFlag,
    // Elements that may come several times.
    Name,
    Translation,
    ClassKind,
    ClassNumber,
    Goods,
    OwnerName,
    /// One line of a name.
    OwnerNameLine,
    OwnerFirstName,
    OwnerLastName,
    OwnerCountry,
    OwnerState,
    OwnerNationality,
    OwnerNationalState,
    OwnerRank,
    OwnerNumber,
    StatementCode,
    StatementText,
    ChangedOn,
    // Elements around records.
    UnitType,
    WrittenOn,
}

impl Field {
    /// How many there are.
    pub(super) const COUNT: usize = Self::WrittenOn as usize + 1;

    /// Our word for it, where it becomes a part of a mark.
    fn column(self) -> Option<&'static str> {
        Some(match self {
            Self::Office | Self::Number | Self::RegistrationNumber => "id",
            Self::Name => "name",
            Self::ClassNumber => "classes",
            Self::Kind | Self::DrawingCode => "kind",
            Self::MarkType | Self::UnitType | Self::TradeFlag | Self::ServiceFlag | Self::CollectiveFlag => "mark_type",
            Self::Status | Self::StatusText => "status",
            Self::FiledOn => "filed_on",
            Self::RegisteredOn => "registered_on",
            Self::ExpiresOn => "expires_on",
            Self::OwnerName | Self::OwnerNameLine | Self::OwnerFirstName | Self::OwnerLastName => "owner",
            Self::OwnerCountry | Self::OwnerState | Self::OwnerNationality | Self::OwnerNationalState => "owner_country",
            Self::Goods | Self::StatementText => "goods",
            Self::Translation => "translation",
            _ => return None,
        })
    }
}

/// The elements of a format: below each of the places on the left, the paths on the right.
///
/// Names are without their prefixes. `**` stands for any number of elements in between.
pub(super) type Table = &'static [(&'static [&'static str], &'static [(&'static str, Field)])];

/// A place in the tree.
pub(super) type Place = u16;

/// Above the root element, which may be any.
pub(super) const TOP: Place = 0;

/// In an element that says nothing to us.
pub(super) const ASIDE: Place = Place::MAX;

/// The elements of a format.
pub(super) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    path: String,
    field: Option<Field>,
    children: Vec<(&'static [u8], Place)>,
    /// Elements that are none of the children are passed through.
    is_open: bool,
    is_seen: bool,
}

impl Tree {
    pub(super) fn new(table: Table) -> Self {
        let mut tree = Self { nodes: vec![Node { is_open: true, ..Node::default() }] };
        for (places, paths) in table {
            for place in *places {
                for (path, field) in *paths {
                    let names = place.split('/').chain(path.split('/')).filter(|name| !name.is_empty());
                    let place = names.fold(TOP, |place, name| tree.grow(place, name));
                    tree.nodes[usize::from(place)].field = Some(*field);
                }
            }
        }
        tree
    }

    fn grow(&mut self, place: Place, name: &'static str) -> Place {
        if name == "**" {
            self.nodes[usize::from(place)].is_open = true;
            return place;
        }
        let grown = self.nodes.len() as Place;
        let node = &mut self.nodes[usize::from(place)];
        if let Some(&(_, known)) = node.children.iter().find(|(child, _)| *child == name.as_bytes()) {
            return known;
        }
        node.children.push((name.as_bytes(), grown));
        let path = if node.path.is_empty() { name.to_owned() } else { format!("{}/{name}", node.path) };
        self.nodes.push(Node { path, ..Node::default() });
        grown
    }

    /// The place of an element called `name` below `place`, and what it is; an element that is passed
    /// through is at its parent's place, and nothing.
    pub(super) fn step(&mut self, place: Place, name: &[u8]) -> (Place, Option<Field>) {
        if place == ASIDE {
            return (ASIDE, None);
        }
        let node = &self.nodes[usize::from(place)];
        match node.children.iter().find(|(child, _)| *child == name) {
            Some(&(_, child)) => {
                let node = &mut self.nodes[usize::from(child)];
                node.is_seen = true;
                (child, node.field)
            }
            None if node.is_open => (place, None),
            None => (ASIDE, None),
        }
    }

    /// The name of the first element that is `field`, for messages.
    pub(super) fn name_of(&self, field: Field) -> &str {
        let node = self.nodes.iter().find(|node| node.field == Some(field));
        node.and_then(|node| node.path.rsplit('/').next()).unwrap_or("-")
    }

    /// The elements that the file has so far, and what becomes of them.
    pub(super) fn mapping(&self) -> Vec<Mapped> {
        let seen = self.nodes.iter().filter(|node| node.is_seen && node.children.is_empty());
        seen.filter_map(|node| Some(Mapped::new(node.path.clone(), node.field?.column()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_path_and_passed_through_where_it_is_open() {
        let table: Table = &[(&["unit/**/mark", "mark"], &[("", Field::Record), ("no", Field::Number), ("by/**/name", Field::OwnerName)])];
        let mut tree = Tree::new(table);
        let mut walk = |path: &str| {
            let mut last = (TOP, None);
            for name in path.split('/') {
                last = tree.step(last.0, name.as_bytes());
            }
            last.1
        };
        assert_eq!(walk("root/unit/data/mark"), Some(Field::Record));
        assert_eq!(walk("root/mark"), Some(Field::Record));
        assert_eq!(walk("mark/no"), Some(Field::Number));
        assert_eq!(walk("mark/other/no"), None);
        assert_eq!(walk("mark/no/no"), None);
        assert_eq!(walk("mark/by/a/b/name"), Some(Field::OwnerName));
        assert_eq!(walk("mark/by/a"), None);
        let names: Vec<(String, Option<&str>)> = tree.mapping().into_iter().map(|field| (field.field, field.column)).collect();
        assert_eq!(names, [("mark/no".into(), Some("id")), ("mark/by/name".into(), Some("owner"))]);
        assert_eq!(tree.name_of(Field::OwnerName), "name");
    }
}
