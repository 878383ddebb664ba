//! Several tabs on one storage.

use crate::saving::{Deed, deed};
use crate::world::{World, open};
use proptest::prelude::*;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{HistoryAction, MarkAction};
use pullquote_app::library::action::LibraryAction;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use std::collections::BTreeSet;

/// Each tab hears what the others have written, until all is quiet.
fn hear(tabs: &mut [World]) {
    loop {
        let mut told = Vec::new();
        for (number, tab) in tabs.iter_mut().enumerate() {
            tab.settle();
            told.extend(tab.told.drain(..).map(|id| (number, id)));
        }
        if told.is_empty() {
            return;
        }
        for (from, id) in told {
            for (number, tab) in tabs.iter_mut().enumerate() {
                if number != from {
                    tab.does(Action::Saving(SavingAction::OtherTabChanged(id)));
                }
            }
        }
    }
}

fn two() -> [World; 2] {
    let mut first = open();
    first.told.clear();
    let second = first.other_tab(2);
    [first, second]
}

#[test]
fn both_tabs_show_what_either_does() {
    let mut tabs = two();
    tabs[0].sweep("Munir", false);
    tabs[0].tag("actor");
    hear(&mut tabs);
    assert_eq!(tabs[1].marks(), ["actor: Munir"]);
    tabs[1].sweep("Rawalpindi", false);
    tabs[1].tag("place");
    hear(&mut tabs);
    assert_eq!(tabs[0].document(), tabs[1].document());
    // Undo takes back what was done last, in whichever tab.
    tabs[0].does(Action::History(HistoryAction::Undo));
    hear(&mut tabs);
    assert_eq!(tabs[1].marks(), ["actor: Munir"]);
    let lines = tabs[1].state.library.live();
    assert_eq!(lines[0].marks(), 1);
}

#[test]
fn steps_that_cross_are_both_kept() {
    let mut tabs = two();
    for (tab, words) in tabs.iter_mut().zip(["Munir", "Rawalpindi"]) {
        tab.sweep(words, false);
        tab.act(Action::Mark(MarkAction::TagGiven("actor".parse().unwrap())));
        tab.carry_out_all();
    }
    hear(&mut tabs);
    for tab in &tabs {
        assert_eq!(tab.marks(), ["actor: Munir", "actor: Rawalpindi"]);
        assert_eq!(tab.state.saved_state(), SavedState::Saved);
        assert!(tab.alarms().is_empty());
    }
}

#[test]
fn news_that_could_not_be_read_are_asked_for_again() {
    let mut tabs = two();
    tabs[0].sweep("Munir", false);
    tabs[0].tag("actor");
    tabs[1].sweep("Rawalpindi", false);
    tabs[1].act(Action::Mark(MarkAction::TagGiven("place".parse().unwrap())));
    tabs[1].carry_out_all();
    // The storage refuses the step for the other tab's, and then does not answer.
    tabs[1].write_one();
    tabs[1].store.away.set(true);
    tabs[1].settle();
    let state = tabs[1].state.saved_state();
    assert!(matches!(state, SavedState::NotSaved(_)));
    assert!(tabs[1].alarms()[0].contains("Not saved"));
    tabs[1].store.away.set(false);
    tabs[1].does(Action::Saving(SavingAction::RetryRequested));
    assert_eq!(tabs[1].state.saved_state(), SavedState::Saved);
    hear(&mut tabs);
    assert_eq!(tabs[0].marks(), ["actor: Munir", "place: Rawalpindi"]);
    assert_eq!(tabs[0].document(), tabs[1].document());
}

#[test]
fn a_mark_that_one_deletes_while_the_other_writes_stays_deleted() {
    let mut tabs = two();
    tabs[0].sweep("Munir", false);
    tabs[0].tag("actor");
    hear(&mut tabs);
    let id = tabs[0].document().annotations()[0].id;
    tabs[0].act(Action::Mark(MarkAction::Deleted(id)));
    tabs[1].act(Action::Mark(MarkAction::NoteWritten {
        id,
        note: "too late".to_owned(),
    }));
    tabs[0].settle();
    hear(&mut tabs);
    for tab in &tabs {
        assert!(tab.marks().is_empty());
    }
    assert!(tabs[1].alarms()[0].contains("could not be done as a whole"));
}

#[test]
fn an_article_that_one_deletes_for_good_does_not_come_back_by_itself() {
    let mut tabs = two();
    let id = tabs[0].document().article().id;
    tabs[0].does(Action::Library(LibraryAction::ArticleDeleted(id)));
    hear(&mut tabs);
    assert!(tabs[1].state.library.live().is_empty());
    // A step in the other tab does not bring a deleted article back.
    tabs[1].sweep("Munir", false);
    tabs[1].tag("actor");
    hear(&mut tabs);
    assert!(tabs[0].state.library.live().is_empty());
    assert_eq!(tabs[0].state.library.deleted().len(), 1);
    tabs[0].does(Action::Library(LibraryAction::ArticlePurged(id)));
    hear(&mut tabs);
    assert!(tabs[0].store.map.borrow().is_empty());
    tabs[1].sweep("Rawalpindi", false);
    tabs[1].tag("place");
    hear(&mut tabs);
    assert!(tabs[0].store.map.borrow().is_empty());
    assert!(tabs[1].alarms()[0].contains("deleted for good in another tab"));
    tabs[1].does(Action::Saving(SavingAction::ArticleSavedAnew(id)));
    hear(&mut tabs);
    assert_eq!(tabs[1].marks().len(), 2);
    assert_eq!(tabs[0].state.library.live().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Two tabs work at once; writes and news come late and in any order; one of them may
    /// be killed. In the end there is one article: every mark that was made and called
    /// saved and that nobody deleted, and none that was deleted.
    #[test]
    fn two_tabs_lose_no_mark_and_bring_none_back(
        deeds in proptest::collection::vec((any::<bool>(), deed(), 0_u8..3, any::<bool>()), 24),
        killed in proptest::option::of(any::<bool>()),
    ) {
        let mut tabs = two();
        let ids = |world: &World| -> BTreeSet<_> {
            world.document().annotations().iter().map(|mark| mark.id).collect()
        };
        let mut made = BTreeSet::new();
        let mut deleted = BTreeSet::new();
        for (which, deed, writes, hears) in &deeds {
            // What redo and undo bring back is brought back on purpose.
            if matches!(deed, Deed::Undo | Deed::Redo) {
                continue;
            }
            let tab = &mut tabs[usize::from(*which)];
            let before = ids(tab);
            tab.begins(deed);
            let after = ids(tab);
            made.extend(after.difference(&before).copied());
            deleted.extend(before.difference(&after).copied());
            for _ in 0..*writes {
                tab.write_one();
                tab.carry_out_all();
            }
            if *hears {
                let told: Vec<_> = tab.told.drain(..).collect();
                let other = &mut tabs[usize::from(!*which)];
                for id in told {
                    other.act(Action::Saving(SavingAction::OtherTabChanged(id)));
                    other.carry_out_all();
                }
            }
        }
        if let Some(which) = killed {
            // A tab dies, what it had not written is in the tail; the other goes on.
            let (route, store) = (tabs[0].route, tabs[0].store.clone());
            tabs[usize::from(which)] = World::over(store, route);
            // What it wrote and did not come to tell is seen when the other is looked at.
            tabs[usize::from(!which)].does(Action::Saving(SavingAction::TabFocused));
        }
        hear(&mut tabs);
        prop_assert_eq!(tabs[0].document(), tabs[1].document());
        let [first, _] = tabs;
        let last = ids(&first);
        let again = first.reopened();
        prop_assert_eq!(&ids(&again), &last);
        let expected: BTreeSet<_> = made.difference(&deleted).copied().collect();
        prop_assert_eq!(last, expected);
    }
}
