"""How an application moves: flow (the picture), gates (the conditions), transitions (the door)."""
